import type { DataTransferRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { VendorMessageReceived } from '@/domain/facts'

import type { InboundMessage } from '../../version'
import { textOrNull } from '../wording'

/** OCPP 1.6 ed2 §4.3. */
export const dataTransfer: InboundMessage<DataTransferRequest, VendorMessageReceived> = {
  action: 'DataTransfer',
  toFact: (request, context) => ({
    kind: 'VendorMessageReceived',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    vendorId: request.vendorId,
    messageId: textOrNull(request.messageId),
    data: request.data ?? null,
  }),
  toReply: ({ status }) => ({ status }),
}
