import { logStatusNotification } from './logStatusNotification'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }

test('a step of a request, by its id where there is one, answered with nothing', () => {
  expect(logStatusNotification.toFact({ status: 'UploadFailure', requestId: 0 }, context)).toEqual({
    kind: 'DiagnosticsReported',
    chargerId: 7,
    receivedAt,
    status: 'UploadFailure',
    requestId: 0,
  })
  expect(logStatusNotification.toFact({ status: 'Idle' }, context).requestId).toBeNull()
  expect(logStatusNotification.toReply(null, { now: receivedAt })).toEqual({})
})
