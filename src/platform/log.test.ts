import { createLog } from './log'

const canary = 'c4n4ry-s3cr3t'

function logged(isReadable: boolean, write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  write(createLog({ level: 'info', isReadable, write: (line) => lines.push(line) }))
  return lines.join('')
}

describe.each([false, true])('SEC-45 no secret reaches the log (readable: %s)', (isReadable) => {
  test.each([
    ['a field', { password: canary }],
    ['a deep field', { a: { b: [{ headers: { Authorization: `Basic ${canary}` } }] } }],
    [
      'a field in any spelling',
      { AuthorizationKey: canary, 'set-cookie': canary, API_KEY: canary },
    ],
    ['an address', { url: `postgres://cpms:${canary}@127.0.0.1/cpms` }],
    [
      'the message of an error',
      { err: new Error(`cannot reach smtp://mail:${canary}@mail.example`) },
    ],
    ['the cause of an error', { err: new Error('outer', { cause: { secret: canary } }) }],
    ['raw bytes', { frame: Buffer.from(canary) }],
  ])('%s', (_where, fields) => {
    expect(logged(isReadable, (log) => log.warn(fields, 'seen'))).not.toContain(canary)
  })

  test('the sentence itself', () => {
    const text = logged(isReadable, (log) =>
      log.info(`sent Bearer ${canary} to https://me:${canary}@api.example`),
    )
    expect(text).toContain('https://me:')
    expect(text).not.toContain(canary)
  })
})

test('SEC-40 what a charger sent stays on one line and steers no terminal', () => {
  const vendor = 'Evil\u001b[2J\r\n10:00:00 info  forged\u2028'
  const text = logged(true, (log) => log.info({ vendor }, `boot of ${vendor}`))
  expect(text.trimEnd().split('\n')).toHaveLength(1)
  expect(text).not.toContain('\u001b')
})

test('an error keeps its stack, in JSON and below the readable line', () => {
  const err = new TypeError('broken')
  expect(JSON.parse(logged(false, (log) => log.error({ err }, 'failed')))).toMatchObject({
    level: 'error',
    msg: 'failed',
    err: {
      type: 'TypeError',
      message: 'broken',
      stack: expect.stringContaining('log.test') as string,
    },
  })
  expect(logged(true, (log) => log.error({ err }, 'failed'))).toMatch(
    /error .* failed\n {4}TypeError: broken\n/,
  )
})
