import { mailDue, usualWishes, wants, type NoticeWishes } from './notice'

const wishes = (over: Partial<NoticeWishes> = {}): NoticeWishes => ({
  ...usualWishes,
  timezone: 'Europe/London',
  ...over,
})
const offline = { severity: 'fault', kind: 'offline', siteId: 7 } as const

describe('what a person is told of', () => {
  test('who has never said hears of faults and of what is urgent, from everywhere', () => {
    expect(wants(wishes(), offline)).toBe(true)
    expect(wants(wishes(), { ...offline, severity: 'urgent' })).toBe(true)
    expect(wants(wishes(), { ...offline, severity: 'notice' })).toBe(false)
  })

  test.each([
    [{ minSeverity: 'urgent' }, false],
    [{ kinds: ['overheating'] }, false],
    [{ kinds: ['overheating', 'offline'] }, true],
    [{ siteIds: [8] }, false],
    [{ siteIds: [7] }, true],
  ] as const)('with %j an offline fault at site 7: %s', (over, isWanted) => {
    expect(wants(wishes(over), offline)).toBe(isWanted)
  })

  test('who named sites does not hear of what has none', () => {
    expect(wants(wishes({ siteIds: [7] }), { ...offline, siteId: null })).toBe(false)
  })
})

describe('quiet hours', () => {
  const at = (text: string) => new Date(text)
  const night = wishes({ quietFrom: '22:00', quietUntil: '07:00' })

  test.each([
    ['2026-11-24T21:59:00Z', '2026-11-24T21:59:00Z'],
    ['2026-11-24T22:00:00Z', '2026-11-25T07:00:00Z'],
    ['2026-11-24T23:30:30Z', '2026-11-25T07:00:00Z'],
    ['2026-11-25T06:59:59Z', '2026-11-25T07:00:00Z'],
    ['2026-11-25T07:00:00Z', '2026-11-25T07:00:00Z'],
    ['2026-07-01T21:00:00Z', '2026-07-02T06:00:00Z'],
    // the clocks change in these nights
    ['2026-10-24T22:30:00Z', '2026-10-25T07:00:00Z'],
    ['2026-03-28T23:30:00Z', '2026-03-29T06:00:00Z'],
  ])('a fault at %s is mailed at %s', (now, due) => {
    expect(mailDue(night, 'fault', at(now)).toISOString()).toBe(at(due).toISOString())
  })

  test('by day too, and in the zone of the person', () => {
    const siesta = wishes({ quietFrom: '13:00', quietUntil: '15:30', timezone: 'Asia/Kolkata' })
    expect(mailDue(siesta, 'notice', at('2026-11-24T07:29:00Z'))).toEqual(
      at('2026-11-24T07:29:00Z'),
    )
    expect(mailDue(siesta, 'notice', at('2026-11-24T08:00:00Z'))).toEqual(
      at('2026-11-24T10:00:00Z'),
    )
  })

  test('danger does not wait', () => {
    const now = at('2026-11-24T23:00:00Z')
    expect(mailDue(night, 'urgent', now)).toEqual(now)
  })

  test.each([
    [{ quietFrom: null, quietUntil: '07:00' }],
    [{ quietFrom: '07:00', quietUntil: '07:00' }],
    [{ quietFrom: 'late', quietUntil: '25:00' }],
  ])('%j are no quiet hours', (over) => {
    const now = at('2026-11-24T23:00:00Z')
    expect(mailDue(wishes(over), 'fault', now)).toEqual(now)
  })
})
