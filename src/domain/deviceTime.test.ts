import { forCharger, parseDeviceTime, readDeviceTime } from './deviceTime'

const receivedAt = new Date('2026-03-29T12:00:00.000Z')
const iso = (text: string) => {
  const at = parseDeviceTime(text)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

describe('reading a time', () => {
  test.each([
    ['2026-03-29T11:59:58Z', '2026-03-29T11:59:58.000Z'],
    ['2026-03-29T11:59:58.5Z', '2026-03-29T11:59:58.500Z'],
    ['2026-03-29T11:59:58.123456Z', '2026-03-29T11:59:58.123Z'],
    ['2026-03-29T11:59:58.123456789+00:00', '2026-03-29T11:59:58.123Z'],
    ['2026-03-29T13:59:58+02', '2026-03-29T11:59:58.000Z'],
    ['2026-03-29T13:59:58+0200', '2026-03-29T11:59:58.000Z'],
    ['2026-03-29T13:59:58+02:00', '2026-03-29T11:59:58.000Z'],
    ['2026-03-29T06:29:58-05:30', '2026-03-29T11:59:58.000Z'],
    ['2026-03-29T11:59:58', '2026-03-29T11:59:58.000Z'],
    ['2026-03-29 11:59:58', '2026-03-29T11:59:58.000Z'],
    ['2026-03-29t11:59:58z', '2026-03-29T11:59:58.000Z'],
    ['2026-03-29T11:59Z', '2026-03-29T11:59:00.000Z'],
    ['  2026-03-29T11:59:58 Z ', '2026-03-29T11:59:58.000Z'],
    ['2026/03/29 11:59:58', '2026-03-29T11:59:58.000Z'],
    ['2026-03-29 11:59:58 UTC', '2026-03-29T11:59:58.000Z'],
    ['2026-03-29T11:59:58,5Z', '2026-03-29T11:59:58.500Z'],
    ['2026-03-29T24:00:00Z', '2026-03-30T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['1774785598', '2026-03-29T11:59:58.000Z'],
    ['1774785598123', '2026-03-29T11:59:58.123Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%j is %s', (text, expected) => expect(iso(text)).toBe(expected))

  test.each([
    '',
    'now',
    'null',
    '2026-03-29',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-03-29T25:00:00Z',
    '2026-03-29T24:00:01Z',
    '2026-03-29T11:60:00Z',
    '2026-03-29T11:59:61Z',
    '2026-03-29T11:59:58.Z',
    '2026-03-29T11:59:58+2',
    '2026-03-29T11:59:58+25:00',
    '2026-03-29T11:59:58ZZ',
    '2026-03-29T11:59:58 Europe/London',
    '2026-03-29Tab:cd:efZ',
    '+002026-03-29T11:59:58Z',
    '9'.repeat(100_000),
    ' '.repeat(100_000),
  ])('text %# is no time', (text) => expect(iso(text)).toBeNull())

  test('agrees with the platform on 20,000 seeded instants from year 1 to 9999', () => {
    let seed = 20260329
    const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31
    for (let round = 0; round < 20_000; round++) {
      const at = Math.floor(-62_135_596_800_000 + random() * 315_537_897_599_999)
      const text = new Date(at).toISOString()
      expect(parseDeviceTime(text)).toBe(at)
    }
  })
})

describe('believing a clock', () => {
  test('a running clock is believed to the millisecond, and its skew is kept', () => {
    expect(readDeviceTime('2026-03-29T11:59:30.250Z', receivedAt)).toEqual({
      at: new Date('2026-03-29T11:59:30.250Z'),
      deviceTime: '2026-03-29T11:59:30.250Z',
      skewMs: -29_750,
      plausible: true,
    })
  })

  test('a message from two weeks of offline queue keeps its time (QUIRKS 36)', () => {
    const read = readDeviceTime('2026-03-15T12:00:00Z', receivedAt)
    expect(read).toMatchObject({ at: new Date('2026-03-15T12:00:00Z'), plausible: true })
  })

  test.each([
    '1970-01-01T00:00:07Z',
    '0001-01-01T00:00:00Z',
    '2000-01-01T00:00:00Z',
    '2099-01-01T00:00:00Z',
  ])('a clock at %s is not believed; its text is kept', (text) => {
    expect(readDeviceTime(text, receivedAt)).toMatchObject({
      at: receivedAt,
      deviceTime: text,
      plausible: false,
    })
  })

  test.each([null, undefined, '', 'yesterday'])(
    '%j counts as the receipt, with no skew',
    (text) => {
      expect(readDeviceTime(text, receivedAt)).toEqual({
        at: receivedAt,
        deviceTime: text || null,
        skewMs: null,
        plausible: false,
      })
    },
  )

  test('what has not happened yet counts as now: two hours ahead is a wrong zone on a running clock', () => {
    expect(readDeviceTime('2026-03-29T14:00:00Z', receivedAt)).toMatchObject({
      at: receivedAt,
      skewMs: 7_200_000,
      plausible: true,
    })
  })

  test('five minutes ahead are still believed, a second more is not', () => {
    expect(readDeviceTime('2026-03-29T12:05:00Z', receivedAt).at).toEqual(
      new Date('2026-03-29T12:05:00Z'),
    )
    expect(readDeviceTime('2026-03-29T12:05:01Z', receivedAt).at).toEqual(receivedAt)
  })
})

test('chargers are told UTC with a Z and without a fraction (QUIRKS 22)', () => {
  expect(forCharger(new Date('2026-03-29T11:59:58.999Z'))).toBe('2026-03-29T11:59:58Z')
})
