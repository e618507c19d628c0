/** What the rules hear, in the order it happened; made from the outbox by the worker. Times are milliseconds. */
export type Happening =
  | Met
  | (At & { kind: 'connected'; connectionId: number })
  | (At & {
      kind: 'disconnected'
      /** Null where nobody was left to say which: the one that is open. */
      connectionId: number | null
      /** We closed it or were gone ourselves. */
      isOurs: boolean
      lastSeenAtMs: number | null
      reason: string | null
    })
  | (At & {
      kind: 'booted'
      vendor: string
      model: string
      serial: string | null
      firmware: string | null
    })
  | StatusHeard
  /** A restart or an update that somebody ordered here, and how it stands. */
  | (At & { kind: 'ordered'; what: 'reset' | 'firmware'; isUnderWay: boolean })
  | (At & { kind: 'firmware'; status: string })
  | Finished
  /** What the samples of a running session say of its register. */
  | (At & {
      kind: 'register'
      sessionId: number
      connectorId: number
      isMoving: boolean
      sinceMs: number
    })

type At = { chargerId: number; atMs: number }

/** A charger as its rows show it: when the rules first see it, and to make sure before they say that it is away. */
export type Met = At & {
  kind: 'met'
  registeredAtMs: number
  hasConnected: boolean
  connection: { id: number; atMs: number; isOpen: boolean } | null
  lastSeenAtMs: number | null
  device: { vendor: string; model: string; serial: string | null; firmware: string | null } | null
  connectors: StatusHeard[]
}

export type StatusHeard = At & {
  kind: 'status'
  /** 0 is the charger itself. */
  connectorId: number
  status: string
  errorCode: string | null
  vendorErrorCode: string | null
  info: string | null
  /** Clock of the charger minus ours; null where it told no time. */
  skewMs: number | null
}

/** A session that was priced, and the last starts at its connector, the newest first, itself among them. */
export type Finished = At & {
  kind: 'finished'
  sessionId: number
  connectorId: number
  energyWh: number | null
  /** Its readings do not fit: a person has to look. */
  isMeterInDoubt: boolean
  /** `card` tells cards apart and is nothing else. */
  starts: readonly { sessionId: number; energyWh: number | null; card: string | null }[]
}
