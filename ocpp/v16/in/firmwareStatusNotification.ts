import type { FirmwareStatusNotificationRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { FirmwareReported } from '@/domain/facts'

import type { InboundMessage } from '../../version'

/** OCPP 1.6 ed2 §4.5. */
export const firmwareStatusNotification: InboundMessage<
  FirmwareStatusNotificationRequest,
  FirmwareReported
> = {
  action: 'FirmwareStatusNotification',
  toFact: (request, context) => ({
    kind: 'FirmwareReported',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    status: request.status,
    requestId: null,
  }),
  toReply: () => ({}),
  sureOutcome: () => null,
}
