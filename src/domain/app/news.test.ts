import { newsOf } from './news'

const now = new Date('2026-11-29T10:00:00Z')
const charge = {
  charger: 'Bay 3',
  site: 'Leeds',
  energyWh: 15_420,
  costMinor: 734,
  currency: 'GBP',
  startedAt: new Date('2026-11-29T09:00:00Z'),
  stoppedAt: new Date('2026-11-29T09:59:00Z'),
  stopReason: 'Local' as string | null,
  stopCause: null as string | null,
  isInReview: false,
}

test.each([
  ['Local', null, 'chargeEnded'],
  ['EVDisconnected', null, 'chargeEnded'],
  [null, null, 'chargeEnded'],
  ['Remote', 'driver', 'chargeEnded'],
  ['Remote', 'energy', 'chargeEnded'],
  ['Remote', 'funds', 'chargeInterrupted'],
  ['Remote', null, 'chargeInterrupted'],
  ['PowerLoss', null, 'chargeInterrupted'],
  ['EmergencyStop', 'driver', 'chargeInterrupted'],
])('an end for the reason %s, asked for by %s, is %s', (stopReason, stopCause, kind) => {
  expect(newsOf('session.ended', { ...charge, stopReason, stopCause }, now)).toMatchObject({ kind })
})

test('what a charger tells hours later is no message, its receipt is', () => {
  const later = new Date('2026-11-29T12:00:00Z')
  expect(newsOf('session.started', charge, later)).toBeNull()
  expect(newsOf('session.ended', charge, later)).toBeNull()
  expect(newsOf('session.priced', charge, later)).toEqual({
    kind: 'receipts',
    title: 'Your receipt: £7.34',
    text: 'Bay 3, Leeds: 15.420 kWh, £7.34.',
  })
})

test('there is no receipt of what needs review, nor of what has no price', () => {
  expect(newsOf('session.priced', { ...charge, isInReview: true }, now)).toBeNull()
  expect(newsOf('session.priced', { ...charge, costMinor: null }, now)).toBeNull()
})
