import type { SignedFirmwareStatusNotificationRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { FirmwareReported } from '@/domain/facts'

import type { InboundMessage } from '../../version'

/** OCPP 1.6 security extension ed2 §5.19: a firmware's progress, signature checks included. */
export const signedFirmwareStatusNotification: InboundMessage<
  SignedFirmwareStatusNotificationRequest,
  FirmwareReported
> = {
  action: 'SignedFirmwareStatusNotification',
  toFact: (request, context) => ({
    kind: 'FirmwareReported',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    status: request.status,
    requestId: request.requestId ?? null,
  }),
  toReply: () => ({}),
  sureOutcome: () => null,
}
