import type { SecurityEventNotificationRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { SecurityEventReported } from '@/domain/facts'

import type { InboundMessage } from '../../version'
import { textOrNull } from '../wording'

/** OCPP 1.6 security extension ed2 §5.15. */
export const securityEventNotification: InboundMessage<
  SecurityEventNotificationRequest,
  SecurityEventReported
> = {
  action: 'SecurityEventNotification',
  toFact: (request, context) => ({
    kind: 'SecurityEventReported',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    type: request.type,
    deviceTime: textOrNull(request.timestamp),
    techInfo: textOrNull(request.techInfo),
  }),
  toReply: () => ({}),
  sureOutcome: () => null,
}
