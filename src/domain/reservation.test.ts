import { checkUntil, nextReservationStep, ocppTime, type OpenReservation } from './reservation'

const now = new Date('2026-11-28T12:00:00Z')
const open: OpenReservation = {
  state: 'accepted',
  until: new Date('2026-11-28T13:00:00Z'),
  reserve: { status: 'accepted', reason: null, outcome: null },
  cancel: null,
  sessionId: null,
  lostTo: null,
}
const requested = { ...open, state: 'requested' as const }
const step = (change: Partial<OpenReservation>) => nextReservationStep({ ...open, ...change }, now)

describe('a reservation', () => {
  it('waits while the charger has not answered', () => {
    expect(nextReservationStep({ ...requested, reserve: null }, now)).toBeNull()
  })
  it('holds once the charger accepted it', () => {
    expect(nextReservationStep(requested, now)?.state).toBe('accepted')
    expect(step({})).toBeNull()
  })
  it.each(['rejected', 'failed', 'timeout'])('is refused with its sentence after %s', (status) => {
    const reserve = { status, reason: 'x', outcome: 'The connector is in use.' }
    expect(nextReservationStep({ ...requested, reserve }, now)).toEqual({
      state: 'refused',
      reason: 'The connector is in use.',
    })
  })
  it('is used by its charge, even where the answer never came', () => {
    expect(nextReservationStep({ ...requested, reserve: null, sessionId: 7 }, now)?.state).toBe(
      'used',
    )
    expect(step({ sessionId: 7, lostTo: 'Faulted' })?.state).toBe('used')
  })
  it('ends when its time is over, not before', () => {
    expect(step({ until: now })?.state).toBe('expired')
    expect(step({ until: new Date(now.getTime() + 1) })).toBeNull()
  })
  it('ends with a fault of its connector, and with its going out of use', () => {
    expect(step({ lostTo: 'Faulted' })).toEqual({
      state: 'cancelled-by-fault',
      reason: 'The connector reported a fault.',
    })
    expect(step({ lostTo: 'Unavailable' })?.reason).toContain('out of use')
  })
  it('is cancelled when the charger says so, or knows of none; not when it could not be asked', () => {
    const cancel = (status: string, reason: string | null) =>
      step({ cancel: { status, reason, outcome: null } })?.state
    expect(cancel('accepted', null)).toBe('cancelled')
    expect(cancel('rejected', 'charger-rejected')).toBe('cancelled')
    expect(cancel('failed', 'offline')).toBeUndefined()
    expect(cancel('timeout', 'no-answer')).toBeUndefined()
  })
})

it('is made for between a minute and a day', () => {
  const inMs = (ms: number) => checkUntil(new Date(now.getTime() + ms), now)
  expect(inMs(59_999)).toContain('at least a minute')
  expect(inMs(60_000)).toBeNull()
  expect(inMs(86_400_000)).toBeNull()
  expect(inMs(86_400_001)).toContain('24 hours')
  expect(checkUntil(new Date('soon'), now)).toContain('instant')
})

it('tells chargers times without fractions', () => {
  expect(ocppTime(new Date('2026-11-28T12:00:00.123Z'))).toBe('2026-11-28T12:00:00Z')
})
