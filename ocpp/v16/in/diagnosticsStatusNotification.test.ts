import { diagnosticsStatusNotification } from './diagnosticsStatusNotification'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }

test('a step of it, of no particular request, answered with nothing', () => {
  expect(diagnosticsStatusNotification.toFact({ status: 'Uploaded' }, context)).toEqual({
    kind: 'DiagnosticsReported',
    chargerId: 7,
    receivedAt,
    status: 'Uploaded',
    requestId: null,
  })
  expect(diagnosticsStatusNotification.toReply(null, { now: receivedAt })).toEqual({})
})
