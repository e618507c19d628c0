import type { StatusNotificationRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { StatusReported } from '@/domain/facts'

import type { InboundMessage } from '../../version'
import { textOrNull } from '../wording'

/** OCPP 1.6 ed2 §4.9. Connector 0 is the charger itself; a status without a timestamp is normal. */
export const statusNotification: InboundMessage<StatusNotificationRequest, StatusReported> = {
  action: 'StatusNotification',
  toFact: (request, context) => ({
    kind: 'StatusReported',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    connectorId: request.connectorId,
    status: request.status,
    errorCode: request.errorCode,
    info: textOrNull(request.info),
    vendorId: textOrNull(request.vendorId),
    vendorErrorCode: textOrNull(request.vendorErrorCode),
    deviceTime: textOrNull(request.timestamp),
  }),
  toReply: () => ({}),
  sureOutcome: () => null,
}
