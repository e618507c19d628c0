import type { MeterValuesRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { EnergySampled, Reading } from '@/domain/facts'

import type { InboundMessage } from '../../version'
import type { Repaired } from '../schemas'

/** OCPP 1.6 ed2 §4.7. Values travel as they came; what a missing measurand or unit means is for the domain. */
export const meterValues: InboundMessage<MeterValuesRequest, EnergySampled> = {
  action: 'MeterValues',
  toFact: (request, context) => ({
    kind: 'EnergySampled',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    connectorId: request.connectorId,
    transactionId: request.transactionId ?? null,
    readings: readingsOf(request.meterValue),
  }),
  toReply: () => ({}),
  sureOutcome: () => null,
}

/** Also for the `transactionData` of a StopTransaction, which has the same shape. */
export function readingsOf(
  meterValues: Repaired<MeterValuesRequest['meterValue'][number], 'timestamp'>[],
): Reading[] {
  return meterValues.map(({ timestamp, sampledValue }) => ({
    deviceTime: timestamp ?? null,
    values: sampledValue,
  }))
}
