import type { StopTransactionRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { SessionEnded } from '@/domain/facts'

import type { InboundMessage } from '../../version'
import type { Repaired } from '../schemas'
import { idTagInfo, textOrNull } from '../wording'
import { readingsOf } from './meterValues'

/** OCPP 1.6 ed2 §4.10. After a power loss neither card nor meter need be there (QUIRKS 37). */
export const stopTransaction: InboundMessage<
  Repaired<StopTransactionRequest, 'timestamp' | 'meterStop'>,
  SessionEnded
> = {
  action: 'StopTransaction',
  toFact: (request, context) => ({
    kind: 'SessionEnded',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    transactionId: request.transactionId,
    idToken: textOrNull(request.idTag),
    meterStopWh: request.meterStop ?? null,
    deviceTime: request.timestamp ?? null,
    reason: request.reason ?? null,
    readings: readingsOf(request.transactionData ?? []),
  }),
  toReply: ({ authorization }) => (authorization ? { idTagInfo: idTagInfo(authorization) } : {}),
  sureOutcome: ({ idToken }) => (idToken ? undefined : { authorization: null }),
}
