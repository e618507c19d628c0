import {
  isShifted,
  localStart,
  nextProfileStep,
  readCompositeSchedule,
  readProfileForm,
  setChargingProfilePayload,
  type OpenProfile,
  type ProfileForm,
} from './chargingProfile'

const now = new Date('2026-11-28T12:00:00Z')
const body = { purpose: 'TxDefaultProfile', unit: 'W', periods: [{ limit: 7_400 }] }
const form = (more: object = {}) => readProfileForm({ ...body, ...more }, now)
const good = (more: object = {}) => form(more) as ProfileForm

it.each<[object, string]>([
  [{ purpose: 'Fast' }, 'purpose'],
  [{ unit: 'kW' }, 'unit'],
  [{ purpose: 'ChargePointMaxProfile', connectorNumber: 1 }, 'connectorNumber'],
  [{ purpose: 'TxProfile' }, 'connectorNumber'],
  [{ stackLevel: -1 }, 'stackLevel'],
  [{ validTo: '2026-11-28T11:59:59Z' }, 'validTo'],
  [{ validFrom: 'soon' }, 'validFrom'],
  [{ periods: [] }, 'periods'],
  [{ periods: [{ limit: -1 }] }, 'periods'],
  [{ periods: [{ limit: 1.25 }] }, 'periods'],
  [{ periods: [{ limit: 1e9 }] }, 'periods'],
  [{ periods: [{ limit: 1, phases: 4 }] }, 'periods'],
  [{ periods: [{ limit: 1 }, { limit: 2 }] }, 'periods'],
  [{ recurrence: 'daily', periods: [{ fromMinute: 60, limit: 1 }] }, 'periods'],
  [{ recurrence: 'daily', periods: [{ fromMinute: 1_440, limit: 1 }] }, 'periods'],
  [{ recurrence: 'daily', periods: [{ limit: 1 }, { limit: 2 }] }, 'periods'],
])('a form with %j is sent back with the member at fault', (more, member) => {
  expect(form(more)).toMatchObject({ member })
})

it('spells a daily schedule from midnight of the site on, in order', () => {
  const periods = [
    { fromMinute: 1_320, limit: 11_000 },
    { fromMinute: 0, limit: 4_000, phases: 1 },
  ]
  const payload = setChargingProfilePayload(good({ recurrence: 'daily', periods }), {
    id: 7,
    transactionId: null,
    timezone: 'Europe/Berlin',
    now,
  })
  expect(payload).toMatchObject({
    connectorId: 0,
    csChargingProfiles: {
      chargingProfileId: 7,
      stackLevel: 0,
      chargingProfileKind: 'Recurring',
      recurrencyKind: 'Daily',
      chargingSchedule: {
        duration: 86_400,
        startSchedule: '2026-11-27T23:00:00Z',
        chargingRateUnit: 'W',
        chargingSchedulePeriod: [
          { startPeriod: 0, limit: 4_000, numberPhases: 1 },
          { startPeriod: 79_200, limit: 11_000 },
        ],
      },
    },
  })
})

it('begins weeks on Monday and days at midnight, also on the days of the clock change', () => {
  const start = (at: string, recurrence: 'daily' | 'weekly') =>
    localStart(new Date(at), 'Europe/London', recurrence).toISOString()
  expect(start('2026-11-28T12:00:00Z', 'weekly')).toBe('2026-11-23T00:00:00.000Z')
  // 25 Oct 2026: summer time ends at 01:00 UTC; that midnight was at 23:00 UTC
  expect(start('2026-10-25T18:00:00Z', 'daily')).toBe('2026-10-24T23:00:00.000Z')
  expect(start('2026-10-26T18:00:00Z', 'daily')).toBe('2026-10-26T00:00:00.000Z')
  // 29 Mar 2026: it begins
  expect(start('2026-03-29T18:00:00Z', 'daily')).toBe('2026-03-29T00:00:00.000Z')
  const [before, after] = [new Date('2026-10-24T12:00:00Z'), new Date('2026-10-25T12:00:00Z')]
  expect(isShifted(before, after, 'Europe/London')).toBe(true)
  expect(isShifted(before, after, 'Asia/Tokyo')).toBe(false)
})

describe('a profile', () => {
  const open: OpenProfile = {
    state: 'accepted',
    purpose: 'TxDefaultProfile',
    validTo: null,
    set: { status: 'accepted', reason: null, outcome: null },
    clear: null,
    isReplaced: false,
    isChargeOver: false,
  }
  const step = (change: Partial<OpenProfile>) => nextProfileStep({ ...open, ...change }, now)?.state
  const refused = { status: 'rejected', reason: 'charger-rejected', outcome: 'No.' }
  it.each<[string, Partial<OpenProfile>, string | undefined]>([
    ['on its way', { state: 'sent', set: null }, undefined],
    ['accepted', { state: 'sent' }, 'accepted'],
    ['refused', { state: 'sent', set: refused }, 'refused'],
    ['at the charger', {}, undefined],
    ['cleared', { clear: open.set }, 'cleared'],
    ['no longer known there', { clear: refused }, 'cleared'],
    ['not cleared', { clear: { ...refused, status: 'failed', reason: 'offline' } }, undefined],
    ['replaced', { isReplaced: true }, 'replaced'],
    ['over with its time', { validTo: now }, 'cleared'],
    ['over with its charge', { purpose: 'TxProfile', isChargeOver: true }, 'cleared'],
    ['not over with some charge', { isChargeOver: true }, undefined],
  ])('%s', (_name, change, state) => expect(step(change)).toBe(state))
})

it('reads a composite schedule, and nothing out of a refusal', () => {
  const asked = { at: now, durationSeconds: 3_600 }
  expect(readCompositeSchedule({ status: 'Rejected' }, asked)).toBeNull()
  expect(
    readCompositeSchedule(
      {
        status: 'Accepted',
        connectorId: 1,
        scheduleStart: '2026-11-28T12:00:00Z',
        chargingSchedule: {
          chargingRateUnit: 'A',
          chargingSchedulePeriod: [
            { startPeriod: 0, limit: 16 },
            { startPeriod: 60, limit: 6, numberPhases: 1 },
          ],
        },
      },
      asked,
    ),
  ).toEqual({
    unit: 'A',
    connectorNumber: 1,
    untilMs: now.getTime() + 3_600_000,
    steps: [
      { fromMs: now.getTime(), limit: 16, phases: null },
      { fromMs: now.getTime() + 60_000, limit: 6, phases: 1 },
    ],
  })
})
