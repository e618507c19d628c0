/** What the bench's processes say to each other over Node's own IPC channel. */
export type Mix = 'session' | 'meter' | 'heartbeat'

export type BenchCharger = { identity: string; password: string; idTag: string }

export type GeneratorOrder =
  | { order: 'connect'; url: string; chargers: BenchCharger[]; clockStart: number }
  | { order: 'run'; mix: Mix; chargers: number; warmUpMs: number; measureMs: number }
  | { order: 'ledger'; file: string }
  | { order: 'idle'; url: string; chargers: BenchCharger[] }
  | { order: 'end' }

export type RunResult = {
  acked: number
  seconds: number
  p50Ms: number
  p99Ms: number
  errors: number
  /** The first few wrong answers, for the person who reads the table. */
  samplesOfErrors: string[]
  cpuSeconds: number
}

export type GeneratorReport =
  | { report: 'ready' }
  | { report: 'connected'; seconds: number; p99Ms: number }
  | { report: 'ran'; result: RunResult }
  | { report: 'ledger'; sessions: number; frames: number }
  | { report: 'failed'; text: string }

/** One line of the ledger file: what one charge was told and what was acknowledged of it. */
export type LedgerLine = {
  identity: string
  transactionId: number
  meterStartWh: number
  /** `null` while the charge is open. */
  meterStopWh: number | null
  samplesAcked: number
  lastSampleWh: number
}
