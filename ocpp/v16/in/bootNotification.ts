import type { BootNotificationRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import { forCharger } from '@/domain/deviceTime'
import type { ChargerBooted } from '@/domain/facts'

import type { InboundMessage } from '../../version'
import { textOrNull } from '../wording'

/** OCPP 1.6 ed2 §4.2. For Pending and Rejected the interval is the wait before the next BootNotification. */
export const bootNotification: InboundMessage<BootNotificationRequest, ChargerBooted> = {
  action: 'BootNotification',
  toFact: (request, context) => ({
    kind: 'ChargerBooted',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    vendor: request.chargePointVendor,
    model: request.chargePointModel,
    chargePointSerialNumber: textOrNull(request.chargePointSerialNumber),
    chargeBoxSerialNumber: textOrNull(request.chargeBoxSerialNumber),
    firmwareVersion: textOrNull(request.firmwareVersion),
    iccid: textOrNull(request.iccid),
    imsi: textOrNull(request.imsi),
    meterType: textOrNull(request.meterType),
    meterSerialNumber: textOrNull(request.meterSerialNumber),
  }),
  toReply: (outcome, { now }) => ({
    status: outcome.registration,
    currentTime: forCharger(now),
    interval: Math.round(outcome.heartbeatIntervalSeconds),
  }),
}
