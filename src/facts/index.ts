import type { Recorders } from '@/db/writer'
import type { KnownConnectors } from './connectors'
import { recordAnnouncements, recordRollUp, recordWake } from './afterwards'
import { answerAuthorization } from './answerAuthorization'
import { recordBoot } from './recordBoot'
import { recordCertificateRequest } from './recordCertificateRequest'
import { recordConfiguration } from './recordConfiguration'
import { recordConnected, recordDisconnected } from './recordConnection'
import { recordFrames } from './recordFrames'
import { recordHeartbeat, recordReport, recordSeen, recordVendorMessage } from './recordReports'
import { recordLive, recordSamples, type LiveReadings } from './recordSamples'
import { recordSessionEnd } from './recordSessionEnd'
import { recordSessionStart } from './recordSessionStart'
import { recordStatus } from './recordStatus'
import { settleCommand } from './settleCommand'
import { createTransactionCache } from './transactions'
import type { Wishes } from './wishes'

/**
 * The one door in: what each kind of fact does to the database, in the order of one flush. `live` is filled by samples
 * and emptied by whoever submits `live` items (about once a second).
 */
export function createRecorders(context: {
  instance: string
  live: LiveReadings
  wishes: Wishes
}): Recorders {
  const { wishes } = context
  const transactions = createTransactionCache()
  const known: KnownConnectors = new Set()
  return {
    frame: recordFrames,
    ChargerConnected: recordConnected(context.instance),
    ChargerBooted: recordBoot(wishes),
    HeartbeatSeen: recordHeartbeat,
    StatusReported: recordStatus(known, wishes),
    AuthorizationAsked: answerAuthorization,
    SessionStarted: recordSessionStart(transactions, known, wishes),
    SessionEnded: recordSessionEnd(wishes),
    EnergySampled: recordSamples(transactions, context.live),
    samples: recordSamples(transactions, context.live),
    VendorMessageReceived: recordVendorMessage,
    FirmwareReported: recordReport,
    DiagnosticsReported: recordReport,
    SecurityEventReported: recordReport,
    CertificateAsked: recordCertificateRequest,
    ChargerDisconnected: recordDisconnected(wishes),
    settle: settleCommand,
    configuration: recordConfiguration,
    seen: recordSeen,
    live: recordLive,
    rollUp: recordRollUp,
    announce: recordAnnouncements,
    wake: recordWake,
  }
}
