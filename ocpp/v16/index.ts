/** OCPP 1.6-J with its security extension: action → translator, and the calls we make. */
import type { AnyInboundMessage, Problem, Version } from '../version'
import { fromCharger, toCharger } from './actions'
import { authorize } from './in/authorize'
import { bootNotification } from './in/bootNotification'
import { dataTransfer } from './in/dataTransfer'
import { diagnosticsStatusNotification } from './in/diagnosticsStatusNotification'
import { firmwareStatusNotification } from './in/firmwareStatusNotification'
import { heartbeat } from './in/heartbeat'
import { logStatusNotification } from './in/logStatusNotification'
import { meterValues } from './in/meterValues'
import { securityEventNotification } from './in/securityEventNotification'
import { signCertificate } from './in/signCertificate'
import { signedFirmwareStatusNotification } from './in/signedFirmwareStatusNotification'
import { startTransaction } from './in/startTransaction'
import { statusNotification } from './in/statusNotification'
import { stopTransaction } from './in/stopTransaction'
import { repair } from './repair'
import { validateRepaired, validateRequest, validateResponse } from './schemas'

const inbound: AnyInboundMessage[] = [
  authorize,
  bootNotification,
  dataTransfer,
  diagnosticsStatusNotification,
  firmwareStatusNotification,
  heartbeat,
  logStatusNotification,
  meterValues,
  securityEventNotification,
  signCertificate,
  signedFirmwareStatusNotification,
  startTransaction,
  statusNotification,
  stopTransaction,
]

export const v16: Version = {
  protocol: 'ocpp1.6',
  validateRequest,
  validateRepaired,
  validateResponse,
  repair,
  refusal,
  in: new Map(inbound.map((message) => [message.action, message])),
  out: new Set(toCharger),
  reports: new Set(['StartTransaction', 'StopTransaction', 'MeterValues']),
  answeredAfresh: new Set(['Authorize', 'BootNotification', 'Heartbeat']),
}

const known = new Set<string>([...fromCharger, ...toCharger])

/** A `Reset` is known and not ours to receive. */
function refusal(action: string): Problem {
  return known.has(action)
    ? { code: 'NotSupported', text: 'this action is not served here' }
    : { code: 'NotImplemented', text: 'this action is not known here' }
}
