/**
 * What the rules remember of a charger between two looks. It is a row of its own (JSON), written in the transaction of
 * the incidents it led to, so that a worker that dies leaves neither without the other. Times are milliseconds.
 */
export type ChargerMemory = {
  registeredAtMs: number
  hasConnected: boolean
  isNeverTold: boolean
  connection: { id: number; atMs: number; isOpen: boolean } | null
  silence: Silence | null
  /** Changes of the connection that nobody ordered, ascending, those of the last half hour. */
  changesMs: number[]
  /** A restart or an update that we ordered: being away is what was asked for. */
  excuse: { why: 'reset' | 'firmware'; untilMs: number } | null
  connectors: Record<string, ConnectorMemory>
  powerLoss: { atMs: number; connectorId: number; told: Told; isAlone: boolean } | null
  /** Instants at which a notice came, by key. */
  noticesMs: Record<string, number[]>
  reviews: { sessionId: number; atMs: number }[]
  /** Readings of the clock in a row that were wrong. */
  wrongClocks: number
  firmware: { status: string; atMs: number; isTold: boolean } | null
  device: { vendor: string; model: string; serial: string | null; firmware: string | null } | null
}

/** Under which incident the thing was told: `alone` its own, `site` the one of its site. */
export type Told = 'no' | 'alone' | 'site'

export type Silence = {
  /** Its last sign of life. */
  sinceMs: number
  /** Not offline before: the time it may be silent, and longer where we caused it. */
  dueMs: number
  told: Told
  /** No longer a candidate for "the whole site": the site is back, or we were away ourselves. */
  isAlone: boolean
  reason: string | null
}

export type ConnectorMemory = {
  status: string
  heardAtMs: number
  /** Since when it has this status. */
  sinceMs: number
  /** The fault it reports now. */
  code: string | null
  /** Keys of the incidents that its reports opened and that nothing has closed. */
  keys: string[]
  /** All well since a moment ago; when this comes its incidents close. */
  clearAtMs: number | null
  isStuckTold: boolean
  /** The session whose standing still was told. */
  standstillOf: number | null
}

export function newMemory(registeredAtMs: number): ChargerMemory {
  return {
    registeredAtMs,
    hasConnected: false,
    isNeverTold: false,
    connection: null,
    silence: null,
    changesMs: [],
    excuse: null,
    connectors: {},
    powerLoss: null,
    noticesMs: {},
    reviews: [],
    wrongClocks: 0,
    firmware: null,
    device: null,
  }
}
