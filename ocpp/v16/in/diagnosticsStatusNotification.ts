import type { DiagnosticsStatusNotificationRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { DiagnosticsReported } from '@/domain/facts'

import type { InboundMessage } from '../../version'

/** OCPP 1.6 ed2 §4.4. */
export const diagnosticsStatusNotification: InboundMessage<
  DiagnosticsStatusNotificationRequest,
  DiagnosticsReported
> = {
  action: 'DiagnosticsStatusNotification',
  toFact: (request, context) => ({
    kind: 'DiagnosticsReported',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    status: request.status,
    requestId: null,
  }),
  toReply: () => ({}),
  sureOutcome: () => null,
}
