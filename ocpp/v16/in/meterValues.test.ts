import { meterValues } from './meterValues'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }
const timestamp = '2026-11-24T10:00:00Z'

test('readings keep their order, their texts and their gaps', () => {
  const power = { value: '7.4', measurand: 'Power.Active.Import', unit: 'kW' } as const
  expect(
    meterValues.toFact(
      {
        connectorId: 1,
        transactionId: 5,
        meterValue: [
          { timestamp, sampledValue: [{ value: '1' }, power] },
          { timestamp, sampledValue: [] },
        ],
      },
      context,
    ),
  ).toEqual({
    kind: 'EnergySampled',
    chargerId: 7,
    receivedAt,
    connectorId: 1,
    transactionId: 5,
    readings: [
      { deviceTime: timestamp, values: [{ value: '1' }, power] },
      { deviceTime: timestamp, values: [] },
    ],
  })
})

test('without a transaction there is none; 0 is what the charger said (QUIRKS 47)', () => {
  expect(meterValues.toFact({ connectorId: 0, meterValue: [] }, context)).toMatchObject({
    connectorId: 0,
    transactionId: null,
    readings: [],
  })
  expect(
    meterValues.toFact({ connectorId: 1, transactionId: 0, meterValue: [] }, context).transactionId,
  ).toBe(0)
  expect(meterValues.toReply(null, { now: receivedAt })).toEqual({})
})
