import { isEnded, type TargetState } from './attempt'
import { fitsImage, planCampaign, wavesOf, type Campaign, type Member } from './campaign'
import { isWindowOpen, nextOpening } from './window'
import { haltSentence } from './words'

const now = new Date('2026-11-25T10:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const campaign: Campaign = {
  state: 'running',
  startAt: null,
  createdAt: hoursAgo(1),
  window: null,
  haltFailurePercent: 20,
  resumedAt: null,
}
const member = (chargerId: number, over: Partial<Member> = {}): Member => ({
  chargerId,
  wave: 1,
  state: 'waiting',
  reason: null,
  finishedAt: null,
  isConnected: true,
  timezone: 'Europe/London',
  mustRest: false,
  ...over,
})
const failed = (chargerId: number, over: Partial<Member> = {}) =>
  member(chargerId, {
    state: 'failed',
    reason: 'download-failed',
    finishedAt: hoursAgo(0.1),
    ...over,
  })
const many = (count: number, over: (id: number) => Partial<Member>) =>
  Array.from({ length: count }, (_, i) => member(i + 1, over(i + 1)))

describe('waves', () => {
  test('chargers are dealt into waves in their order', () => {
    expect([...wavesOf([7, 3, 9, 1, 4], 2)]).toEqual([
      [7, 1],
      [3, 1],
      [9, 2],
      [1, 2],
      [4, 3],
    ])
    expect(new Set(wavesOf([1, 2, 3], null).values())).toEqual(new Set([1]))
  })

  test('the second wave waits for the first', () => {
    const wave = (id: number) => Math.ceil(id / 2)
    const fresh = many(4, (id) => ({ wave: wave(id) }))
    expect(planCampaign(campaign, fresh, now).send).toEqual([1, 2])
    const half = fresh.map((one) =>
      one.chargerId === 1 ? { ...one, state: 'installed' as const } : one,
    )
    const underWay = half.map((one) =>
      one.chargerId === 2 ? { ...one, state: 'installing' as const } : one,
    )
    expect(planCampaign(campaign, underWay, now).send).toEqual([])
    const through = underWay.map((one) => (one.chargerId === 2 ? failed(2) : one))
    expect(planCampaign({ ...campaign, haltFailurePercent: 50 }, through, now).send).toEqual([3, 4])
  })

  test('a charger that is away holds nobody up and is sent to when it comes', () => {
    const away = [member(1, { isConnected: false }), member(2, { wave: 2 })]
    expect(planCampaign(campaign, away, now).send).toEqual([2])
    const back = [member(1), member(2, { wave: 2, state: 'installing' })]
    expect(planCampaign(campaign, back, now).send).toEqual([1])
  })

  test('a charger that stays away is given up after a day, and that is no sign of a bad image', () => {
    const old = { ...campaign, createdAt: hoursAgo(24) }
    const plan = planCampaign(old, [member(1, { isConnected: false })], now)
    expect(plan).toMatchObject({ giveUp: [1], state: 'done', halt: null })
    const given = [failed(1, { reason: 'offline' }), member(2, { wave: 2 })]
    expect(planCampaign(old, given, now)).toMatchObject({ state: 'running', send: [2] })
  })
})

describe('halting', () => {
  const wave1 = (failures: number) =>
    many(20, (id) =>
      id <= failures ? { ...failed(id) } : id <= 10 ? { state: 'installing' } : { wave: 2 },
    )

  test('failures above the limit halt what was not sent; exactly the limit does not', () => {
    expect(planCampaign(campaign, wave1(2), now)).toMatchObject({ state: 'running', halt: null })
    expect(planCampaign(campaign, wave1(3), now)).toMatchObject({
      state: 'halted',
      halt: { wave: 1, failed: 3, size: 10 },
      send: [],
    })
  })

  test('with a limit of 0 the first failure halts, with 100 none does', () => {
    expect(planCampaign({ ...campaign, haltFailurePercent: 0 }, wave1(1), now).state).toBe('halted')
    const all = wave1(10)
    expect(planCampaign({ ...campaign, haltFailurePercent: 100 }, all, now).state).toBe('running')
  })

  test('who goes on has seen those failures; new ones halt again', () => {
    const resumed = { ...campaign, state: 'running' as const, resumedAt: hoursAgo(0.05) }
    expect(planCampaign(resumed, wave1(3), now).state).toBe('running')
    const more = wave1(3).map((one) =>
      one.wave === 2 && one.chargerId <= 13
        ? failed(one.chargerId, { wave: 2, finishedAt: now })
        : one,
    )
    expect(planCampaign(resumed, more, now)).toMatchObject({ state: 'halted', halt: { wave: 2 } })
  })

  test('where nothing is left to hold back it ends instead', () => {
    expect(planCampaign(campaign, [failed(1), failed(2)], now).state).toBe('done')
  })

  test('a halted one sends nothing and stays so while something waits', () => {
    const halted = { ...campaign, state: 'halted' as const, resumedAt: now }
    expect(planCampaign(halted, [member(1)], now)).toMatchObject({ state: 'halted', send: [] })
  })

  test('says it in figures', () => {
    expect(haltSentence({ wave: 1, failed: 3, size: 10 }, 20)).toBe(
      '3 of 10 chargers in wave 1 had failed (30 %, the limit is 20 %).',
    )
  })
})

describe('when', () => {
  test('a scheduled one begins at its time', () => {
    const later = { ...campaign, state: 'scheduled' as const, startAt: hoursAgo(-1) }
    expect(planCampaign(later, [member(1)], now)).toMatchObject({ state: 'scheduled', send: [] })
    expect(planCampaign({ ...later, startAt: hoursAgo(0) }, [member(1)], now)).toMatchObject({
      state: 'running',
      send: [1],
    })
  })

  test('each charger is sent to in the window of its own site', () => {
    const night = { ...campaign, window: { from: '01:00', until: '05:00' } }
    const two = [
      member(1, { timezone: 'Europe/London' }),
      member(2, { timezone: 'America/New_York' }),
    ]
    expect(planCampaign(night, two, new Date('2026-11-25T02:00:00Z')).send).toEqual([1])
    expect(planCampaign(night, two, new Date('2026-11-25T07:30:00Z')).send).toEqual([2])
    expect(planCampaign(night, two, now).send).toEqual([])
  })

  test('one whose command failed a moment ago rests', () => {
    expect(planCampaign(campaign, [member(1, { mustRest: true })], now).send).toEqual([])
  })

  test.each(['done', 'cancelled'] as const)('a %s one does nothing', (state) => {
    expect(planCampaign({ ...campaign, state }, [member(1)], now)).toMatchObject({
      state,
      send: [],
    })
  })
})

describe('the window', () => {
  const night = { from: '23:00', until: '05:00' }
  test.each([
    ['2026-11-25T22:59:59Z', false],
    ['2026-11-25T23:00:00Z', true],
    ['2026-11-26T04:59:59Z', true],
    ['2026-11-26T05:00:00Z', false],
    // summer time: 23:00 in London is 22:00 UTC
    ['2026-07-01T22:00:00Z', true],
    ['2026-07-01T21:59:00Z', false],
  ])('over midnight at %s: %s', (at, isOpen) => {
    expect(isWindowOpen(night, 'Europe/London', new Date(at))).toBe(isOpen)
  })

  test('opens next at the wall clock’s hour, also on the day the clock leaves that hour out', () => {
    const at = nextOpening({ from: '01:00', until: '05:00' }, 'Europe/London', now)
    expect(at.toISOString()).toBe('2026-11-26T01:00:00.000Z')
    // 29 March 2026: 01:00 becomes 02:00
    const spring = nextOpening(
      { from: '01:30', until: '01:45' },
      'Europe/London',
      new Date('2026-03-28T12:00:00Z'),
    )
    expect(spring.toISOString()).toBe('2026-03-30T00:30:00.000Z')
  })
})

test.each([
  [{ vendor: 'Kestrel', model: 'Twin 22' }, { vendor: 'kestrel ', model: 'TWIN 22' }, true],
  [{ vendor: 'Kestrel', model: null }, { vendor: 'Kestrel', model: 'Other' }, true],
  [{ vendor: 'Kestrel', model: 'Twin 22' }, { vendor: 'Kestrel', model: 'Twin 11' }, false],
  [{ vendor: 'Kestrel', model: null }, { vendor: null, model: null }, false],
])('image %j fits charger %j: %s', (image, charger, fits) => {
  expect(fitsImage(image, charger)).toBe(fits)
})

test('at random: every campaign ends, nothing is sent above the limit or twice (seed 7)', () => {
  let state = 7
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  for (let run = 0; run < 400; run++) {
    const size = 1 + Math.floor(next() * 40)
    const waves = wavesOf(
      Array.from({ length: size }, (_, i) => i + 1),
      1 + Math.floor(next() * 12),
    )
    const failureRate = next()
    const haltFailurePercent = Math.floor(next() * 101)
    let plan: Campaign = { ...campaign, createdAt: now, haltFailurePercent }
    let members = [...waves].map(([id, wave]) => member(id, { wave, isConnected: next() > 0.2 }))
    const sent = new Set<number>()
    let at = now
    for (let turn = 0; turn < 2000 && plan.state !== 'done'; turn++) {
      at = new Date(at.getTime() + 10 * 60_000)
      const step = planCampaign(plan, members, at)
      for (const id of step.send) {
        expect(sent.has(id)).toBe(false)
        sent.add(id)
      }
      if (step.state === 'halted') expect(step.send).toEqual([])
      plan = { ...plan, state: step.state }
      if (step.halt) plan = { ...plan, state: 'running', resumedAt: at }
      members = members.map((one): Member => {
        if (step.giveUp.includes(one.chargerId))
          return { ...one, state: 'failed', reason: 'offline', finishedAt: at }
        if (step.send.includes(one.chargerId)) return { ...one, state: 'sent' }
        const isUnderWay = !isEnded(one.state) && one.state !== 'waiting'
        const isConnected = next() > 0.1 ? one.isConnected : !one.isConnected
        if (!isUnderWay || next() < 0.5) return { ...one, isConnected }
        const end: TargetState = next() < failureRate ? 'failed' : 'installed'
        return {
          ...one,
          isConnected,
          state: end,
          reason: end === 'failed' ? 'refused' : null,
          finishedAt: at,
        }
      })
    }
    expect(plan.state).toBe('done')
    expect(members.every((one) => isEnded(one.state))).toBe(true)
  }
})
