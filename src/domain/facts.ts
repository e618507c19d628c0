/**
 * The one event model: what happened at a charger, whatever version of OCPP said so. A fact is never refused, only
 * recorded; what the charger is answered is the outcome. Facts are in the past tense, device clocks travel as the
 * text the charger sent, beside the instant we received it.
 */
type FactAt = { chargerId: number; receivedAt: Date }

export type ChargerBooted = FactAt & {
  kind: 'ChargerBooted'
  vendor: string
  model: string
  chargePointSerialNumber: string | null
  chargeBoxSerialNumber: string | null
  firmwareVersion: string | null
  iccid: string | null
  imsi: string | null
  meterType: string | null
  meterSerialNumber: string | null
}

/** The charger's socket opened (after sign-in) or closed; told by the transport, not by a message. */
export type ChargerConnected = FactAt & {
  kind: 'ChargerConnected'
  /** Ascends over all processes: what an older connection says of the connection itself is ignored. */
  connectionId: number
  remoteAddress: string
  protocol: string
  /** Another connection was open, and was closed for this one (SEC-10). */
  replaces?: boolean
}

export type ChargerDisconnected = FactAt & {
  kind: 'ChargerDisconnected'
  connectionId: number
  reason: string
}

export type HeartbeatSeen = FactAt & { kind: 'HeartbeatSeen' }

export type StatusReported = FactAt & {
  kind: 'StatusReported'
  /** 0 is the charger itself. */
  connectorId: number
  status: string
  errorCode: string
  info: string | null
  vendorId: string | null
  vendorErrorCode: string | null
  deviceTime: string | null
}

export type AuthorizationAsked = FactAt & { kind: 'AuthorizationAsked'; idToken: string }

export type SessionStarted = FactAt & {
  kind: 'SessionStarted'
  connectorId: number
  /** As sent; `domain/idToken` compares. */
  idToken: string
  meterStartWh: number
  /** The device's own text: part of the key that makes a repeated start the same session. */
  deviceTime: string
  reservationId: number | null
}

/** One value of one reading, in the words OCPP 1.6 and 2.x share; absent members mean the standard's defaults. */
export type ReadingValue = {
  value: string
  measurand?: string
  unit?: string
  context?: string
  phase?: string
  location?: string
  format?: string
}

/** What a meter said at one instant of the device's clock. */
export type Reading = { deviceTime: string | null; values: ReadingValue[] }

export type EnergySampled = FactAt & {
  kind: 'EnergySampled'
  connectorId: number
  transactionId: number | null
  readings: Reading[]
}

export type SessionEnded = FactAt & {
  kind: 'SessionEnded'
  /** As the charger said it: it may be 0, −1 or one we never gave (QUIRKS 31–33). */
  transactionId: number
  idToken: string | null
  meterStopWh: number | null
  deviceTime: string | null
  /** In the spelling of the standard; `null` where the charger gave none (which means Local). */
  reason: string | null
  readings: Reading[]
}

export type VendorMessageReceived = FactAt & {
  kind: 'VendorMessageReceived'
  vendorId: string
  messageId: string | null
  data: string | null
}

export type FirmwareReported = FactAt & {
  kind: 'FirmwareReported'
  status: string
  requestId: number | null
}

export type DiagnosticsReported = FactAt & {
  kind: 'DiagnosticsReported'
  status: string
  requestId: number | null
}

export type SecurityEventReported = FactAt & {
  kind: 'SecurityEventReported'
  type: string
  deviceTime: string | null
  techInfo: string | null
}

/** The charger made a key and asks for a certificate of it. */
export type CertificateAsked = FactAt & { kind: 'CertificateAsked'; csr: string }

export type Fact =
  | ChargerConnected
  | ChargerDisconnected
  | ChargerBooted
  | HeartbeatSeen
  | StatusReported
  | AuthorizationAsked
  | SessionStarted
  | EnergySampled
  | SessionEnded
  | VendorMessageReceived
  | FirmwareReported
  | DiagnosticsReported
  | SecurityEventReported
  | CertificateAsked

export type FactKind = Fact['kind']

/** `OCPP 1.6 ed2 §7.2 AuthorizationStatus`; 2.x says the same with more words. */
export type AuthorizationStatus = 'Accepted' | 'Blocked' | 'Expired' | 'Invalid' | 'ConcurrentTx'

export type Authorization = {
  status: AuthorizationStatus
  expiresAt: Date | null
  parentIdToken: string | null
}

/** What became of a fact: all that a translator needs to word its answer. */
export type Outcomes = {
  ChargerConnected: null
  ChargerDisconnected: null
  ChargerBooted: {
    registration: 'Accepted' | 'Pending' | 'Rejected'
    heartbeatIntervalSeconds: number
  }
  HeartbeatSeen: null
  StatusReported: null
  AuthorizationAsked: Authorization
  SessionStarted: { transactionId: number; authorization: Authorization }
  EnergySampled: null
  SessionEnded: { authorization: Authorization | null }
  VendorMessageReceived: {
    status: 'Accepted' | 'Rejected' | 'UnknownMessageId' | 'UnknownVendorId'
  }
  FirmwareReported: null
  DiagnosticsReported: null
  SecurityEventReported: null
  CertificateAsked: { isTaken: boolean }
}

export type OutcomeOf<F extends Fact> = Outcomes[F['kind']]
