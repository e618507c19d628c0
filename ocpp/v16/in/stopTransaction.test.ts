import { stopTransaction } from './stopTransaction'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }
const timestamp = '2026-11-24T10:00:00Z'

test('a stop with card, reason and last readings', () => {
  expect(
    stopTransaction.toFact(
      {
        transactionId: 5,
        idTag: 'TAG',
        meterStop: 2000,
        timestamp,
        reason: 'EVDisconnected',
        transactionData: [
          { timestamp, sampledValue: [{ value: '2000', context: 'Transaction.End' }] },
        ],
      },
      context,
    ),
  ).toEqual({
    kind: 'SessionEnded',
    chargerId: 7,
    receivedAt,
    transactionId: 5,
    idToken: 'TAG',
    meterStopWh: 2000,
    deviceTime: timestamp,
    reason: 'EVDisconnected',
    readings: [{ deviceTime: timestamp, values: [{ value: '2000', context: 'Transaction.End' }] }],
  })
})

test('after a power loss: no card, no meter, no clock, no reason (QUIRKS 37)', () => {
  expect(stopTransaction.toFact({ transactionId: -1, idTag: '' }, context)).toEqual({
    kind: 'SessionEnded',
    chargerId: 7,
    receivedAt,
    transactionId: -1,
    idToken: null,
    meterStopWh: null,
    deviceTime: null,
    reason: null,
    readings: [],
  })
})

test('the card is spoken of only where one was told', () => {
  const authorization = { status: 'Accepted', expiresAt: null, parentIdToken: null } as const
  expect(stopTransaction.toReply({ authorization }, { now: receivedAt })).toEqual({
    idTagInfo: { status: 'Accepted' },
  })
  expect(stopTransaction.toReply({ authorization: null }, { now: receivedAt })).toEqual({})
})
