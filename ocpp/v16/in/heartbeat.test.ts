import { heartbeat } from './heartbeat'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }

test('a sign of life, answered with our clock', () => {
  expect(heartbeat.toFact({}, context)).toEqual({ kind: 'HeartbeatSeen', chargerId: 7, receivedAt })
  expect(heartbeat.toReply(null, { now: new Date('2026-11-24T10:00:06.999Z') })).toEqual({
    currentTime: '2026-11-24T10:00:06Z',
  })
})
