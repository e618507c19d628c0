import type { HeartbeatRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import { forCharger } from '@/domain/deviceTime'
import type { HeartbeatSeen } from '@/domain/facts'

import type { InboundMessage } from '../../version'

/** OCPP 1.6 ed2 §4.6: the answer sets the charger's clock. */
export const heartbeat: InboundMessage<HeartbeatRequest, HeartbeatSeen> = {
  action: 'Heartbeat',
  toFact: (_request, context) => ({
    kind: 'HeartbeatSeen',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
  }),
  toReply: (_outcome, { now }) => ({ currentTime: forCharger(now) }),
}
