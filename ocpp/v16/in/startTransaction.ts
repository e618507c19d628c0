import type { StartTransactionRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { SessionStarted } from '@/domain/facts'

import type { InboundMessage } from '../../version'
import type { Repaired } from '../schemas'
import { idTagInfo } from '../wording'

/**
 * OCPP 1.6 ed2 §4.8. A transaction id goes out even where the card is refused: the charger counts on one
 * (QUIRKS 35). The device's text of the time is the key of repeats, so a charger without a clock keys with ''.
 */
export const startTransaction: InboundMessage<
  Repaired<StartTransactionRequest, 'timestamp'>,
  SessionStarted
> = {
  action: 'StartTransaction',
  toFact: (request, context) => ({
    kind: 'SessionStarted',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    connectorId: request.connectorId,
    idToken: request.idTag,
    meterStartWh: request.meterStart,
    deviceTime: request.timestamp ?? '',
    reservationId: request.reservationId ?? null,
  }),
  toReply: (outcome) => ({
    transactionId: outcome.transactionId,
    idTagInfo: idTagInfo(outcome.authorization),
  }),
}
