import { securityEventNotification } from './securityEventNotification'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }

test('a security event with the device clock and its details', () => {
  const timestamp = '2026-11-24T10:00:00Z'
  expect(
    securityEventNotification.toFact(
      { type: 'TamperDetectionActivated', timestamp, techInfo: 'lid' },
      context,
    ),
  ).toEqual({
    kind: 'SecurityEventReported',
    chargerId: 7,
    receivedAt,
    type: 'TamperDetectionActivated',
    deviceTime: timestamp,
    techInfo: 'lid',
  })
  expect(securityEventNotification.toReply(null, { now: receivedAt })).toEqual({})
})
