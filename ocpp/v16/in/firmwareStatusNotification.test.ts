import { firmwareStatusNotification } from './firmwareStatusNotification'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }

test('a step of it, of no particular request, answered with nothing', () => {
  expect(firmwareStatusNotification.toFact({ status: 'Installed' }, context)).toEqual({
    kind: 'FirmwareReported',
    chargerId: 7,
    receivedAt,
    status: 'Installed',
    requestId: null,
  })
  expect(firmwareStatusNotification.toReply(null, { now: receivedAt })).toEqual({})
})
