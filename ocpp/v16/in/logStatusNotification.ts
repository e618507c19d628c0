import type { LogStatusNotificationRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { DiagnosticsReported } from '@/domain/facts'

import type { InboundMessage } from '../../version'

/** OCPP 1.6 security extension ed2 §5.13: the successor of DiagnosticsStatusNotification, with a request's id. */
export const logStatusNotification: InboundMessage<
  LogStatusNotificationRequest,
  DiagnosticsReported
> = {
  action: 'LogStatusNotification',
  toFact: (request, context) => ({
    kind: 'DiagnosticsReported',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    status: request.status,
    requestId: request.requestId ?? null,
  }),
  toReply: () => ({}),
  sureOutcome: () => null,
}
