import { createHistogram, mayReadMetrics, printFamilies } from './prometheus'

test('a page holds each family once, its labels escaped, its buckets cumulative', async () => {
  const took = createHistogram('cpms_flush_seconds', 'A flush', 'outcome')
  for (const seconds of [0.0005, 0.02, 0.02, 60]) took.observe(seconds, 'done')
  const page = await printFamilies([
    {
      name: 'cpms_alerts_open',
      help: 'Alerts',
      type: 'gauge',
      read: () => [{ labels: { kind: 'a"b\\c\nd' }, value: 2 }],
    },
    took,
    { name: 'gone', help: 'Gone', type: 'gauge', read: () => Promise.reject(new Error('down')) },
  ])
  expect(page).toContain(
    '# TYPE cpms_alerts_open gauge\ncpms_alerts_open{kind="a\\"b\\\\c\\nd"} 2\n',
  )
  expect(page).toContain('cpms_flush_seconds_bucket{outcome="done",le="0.001"} 1\n')
  expect(page).toContain('cpms_flush_seconds_bucket{outcome="done",le="0.025"} 3\n')
  expect(page).toContain('cpms_flush_seconds_bucket{outcome="done",le="10"} 3\n')
  expect(page).toContain('cpms_flush_seconds_bucket{outcome="done",le="+Inf"} 4\n')
  expect(page).toContain('cpms_flush_seconds_count{outcome="done"} 4\n')
  expect(page).not.toContain('gone')
})

test.each([
  ['this machine', '127.0.0.1', {}, null, true],
  ['this machine, over IPv6', '::ffff:127.0.0.1', {}, null, true],
  ['another machine', '10.0.0.7', {}, null, false],
  ['a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }, null, false],
  ['whoever has the token', '10.0.0.7', { authorization: 'Bearer t' }, 't', true],
  ['this machine without the token that is set', '127.0.0.1', {}, 't', false],
])('figures for %s', (_who, remoteAddress, headers, token, may) => {
  expect(mayReadMetrics({ remoteAddress, headers }, token)).toBe(may)
})
