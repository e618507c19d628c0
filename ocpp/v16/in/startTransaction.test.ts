import { startTransaction } from './startTransaction'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }
const request = {
  connectorId: 1,
  idTag: 'TAG',
  meterStart: 1000,
  timestamp: '2026-11-24T09:59:58+02',
}

test('a start carries the text of the device clock: it is the key of repeats', () => {
  expect(startTransaction.toFact({ ...request, reservationId: 0 }, context)).toEqual({
    kind: 'SessionStarted',
    chargerId: 7,
    receivedAt,
    connectorId: 1,
    idToken: 'TAG',
    meterStartWh: 1000,
    deviceTime: '2026-11-24T09:59:58+02',
    reservationId: 0,
  })
})

test('without a clock the text is empty, without a reservation there is none', () => {
  const { timestamp: _timestamp, ...clockless } = request
  expect(startTransaction.toFact(clockless, context)).toMatchObject({
    deviceTime: '',
    reservationId: null,
  })
})

test('a refused card gets a transaction id all the same (QUIRKS 35)', () => {
  const authorization = { status: 'Invalid', expiresAt: null, parentIdToken: null } as const
  expect(
    startTransaction.toReply({ transactionId: 42, authorization }, { now: receivedAt }),
  ).toEqual({
    transactionId: 42,
    idTagInfo: { status: 'Invalid' },
  })
})
