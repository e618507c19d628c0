import { signedFirmwareStatusNotification } from './signedFirmwareStatusNotification'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }

test('a step of a request, by its id where there is one, answered with nothing', () => {
  expect(
    signedFirmwareStatusNotification.toFact({ status: 'InvalidSignature', requestId: 0 }, context),
  ).toEqual({
    kind: 'FirmwareReported',
    chargerId: 7,
    receivedAt,
    status: 'InvalidSignature',
    requestId: 0,
  })
  expect(signedFirmwareStatusNotification.toFact({ status: 'Idle' }, context).requestId).toBeNull()
  expect(signedFirmwareStatusNotification.toReply(null, { now: receivedAt })).toEqual({})
})
