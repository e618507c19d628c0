import type { Recorder } from '@/db/writer'
import type {
  DiagnosticsReported,
  FirmwareReported,
  HeartbeatSeen,
  Outcomes,
  SecurityEventReported,
  VendorMessageReceived,
} from '@/domain/facts'
import { touchChargers } from '@/db/queries/chargerState'
import { announce } from './afterwards'

/** A heartbeat changes no row of its own: the log has it, and `recordSeen` carries "last seen" now and then. */
export const recordHeartbeat: Recorder<HeartbeatSeen, null> = async (_tx, facts) =>
  facts.map(() => null)

/** "Last seen" of chargers, a few times a minute and not per frame. */
export const recordSeen: Recorder<{ chargerId: number; at: number }, null> = async (tx, rows) => {
  await touchChargers(tx, rows)
  return rows.map(() => null)
}

/** We speak no vendor's private language yet: the message is kept in the log and answered as the standard says. */
export const recordVendorMessage: Recorder<
  VendorMessageReceived,
  Outcomes['VendorMessageReceived']
> = async (_tx, facts) => facts.map(() => ({ status: 'UnknownVendorId' }))

type Report = FirmwareReported | DiagnosticsReported | SecurityEventReported

const kinds = {
  FirmwareReported: 'charger.firmware',
  DiagnosticsReported: 'charger.diagnostics',
  SecurityEventReported: 'charger.security',
} as const

/** What a charger says of an update, an upload or its own security goes to everybody who listens. */
export const recordReport: Recorder<Report, null> = async (tx, facts) => {
  for (const { kind, chargerId, receivedAt, ...body } of facts)
    announce(tx, { kind: kinds[kind], chargerId, at: receivedAt, body })
  return facts.map(() => null)
}
