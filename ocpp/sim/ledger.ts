/**
 * What a charger knows of its own past, for those who check the central system against it: what it said, what was
 * acknowledged, the Wh of each charge. Kept by the charger alone; nothing of the system under test is asked.
 */
export type SampleRecord = { at: string; energyWh: number; isAcked: boolean }

export type TransactionRecord = {
  identity: string
  connectorId: number
  idTag: string
  /** Device time, as sent. */
  startedAt: string
  meterStartWh: number
  transactionId: number | null
  isStartAcked: boolean
  stoppedAt: string | null
  meterStopWh: number | null
  reason: string | null
  isStopAcked: boolean
  samples: SampleRecord[]
}

export type Count = { sent: number; acked: number; refused: number; lost: number }

export type DownloadRecord = { location: string; sizeBytes: number; sha256: string | null }

export type Ledger = {
  counts: Map<string, Count>
  transactions: TransactionRecord[]
  /** CALLERRORs to messages of a transaction, in words: RELIABILITY 3.1 wants none for well-formed ones. */
  refusals: string[]
  /** Firmware it fetched. */
  downloads: DownloadRecord[]
  discarded: number
}

export const newLedger = (): Ledger => ({
  counts: new Map(),
  transactions: [],
  refusals: [],
  downloads: [],
  discarded: 0,
})

export function count(ledger: Ledger, action: string, what: keyof Count): void {
  const entry = ledger.counts.get(action) ?? { sent: 0, acked: 0, refused: 0, lost: 0 }
  entry[what] += 1
  ledger.counts.set(action, entry)
}

/** Keeps the `keep` youngest finished charges and all open ones; for chargers that run for days. */
export function forget(ledger: Ledger, keep: number): void {
  const isOpen = (one: TransactionRecord) => !one.isStopAcked
  if (ledger.transactions.length <= keep * 2) return
  const old = ledger.transactions.slice(0, -keep).filter(isOpen)
  ledger.transactions = [...old, ...ledger.transactions.slice(-keep)]
}

/** The sums over many chargers. */
export function totals(ledgers: readonly Ledger[]) {
  const all = ledgers.flatMap((ledger) => ledger.transactions)
  const ended = all.filter((one) => one.isStopAcked)
  return {
    started: all.filter((one) => one.isStartAcked).length,
    ended: ended.length,
    energyWh: ended.reduce((sum, one) => sum + (one.meterStopWh ?? 0) - one.meterStartWh, 0),
    refusals: ledgers.reduce((sum, ledger) => sum + ledger.refusals.length, 0),
    messages: ledgers.reduce(
      (sum, ledger) => sum + [...ledger.counts.values()].reduce((n, one) => n + one.acked, 0),
      0,
    ),
  }
}
