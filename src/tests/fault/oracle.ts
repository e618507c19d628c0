/**
 * The invariants of RELIABILITY 3.4 after a fault, from the chargers' own ledgers against the tables: acknowledged ⊆
 * stored (R1), sessions = distinct starts (R2), energy and readings as the charger counted them (R3), no session open
 * whose stop was acknowledged (R4). Each sentence it returns is a promise that was broken.
 */
import type { Ledger, TransactionRecord } from '#ocpp/sim/ledger'
import type { Pool } from '@/db/pool'

type StoredSession = {
  id: number
  transaction_id: number
  identity: string
  meter_start_wh: number
  meter_stop_wh: number | null
  energy_wh: number | null
  stopped_at: Date | null
  status: string
}

const SHOWN = 12

export async function brokenPromises(pool: Pool, ledgers: readonly Ledger[]): Promise<string[]> {
  const told = ledgers.flatMap((ledger) => ledger.transactions)
  const stored = await storedSessions(pool)
  const readings = await storedReadings(pool)
  const broken = [
    ...ledgers.flatMap((ledger) => ledger.refusals.map((text) => `a CALLERROR: ${text}`)),
    ...doubleIds(told),
    ...told.flatMap((record) => judge(record, stored.get(record.transactionId ?? 0), readings)),
    ...(await unlogged(pool, ledgers)),
  ]
  if (stored.size !== told.length) {
    broken.push(`${stored.size} sessions are stored, ${told.length} were started`)
  }
  const sum = (values: number[]) => values.reduce((all, one) => all + one, 0)
  const energy = sum([...stored.values()].map((session) => session.energy_wh ?? 0))
  const counted = sum(told.map((record) => (record.meterStopWh ?? 0) - record.meterStartWh))
  if (energy !== counted) broken.push(`${energy} Wh are stored, ${counted} Wh were counted`)
  return broken.length > SHOWN
    ? [...broken.slice(0, SHOWN), `… and ${broken.length - SHOWN} more`]
    : broken
}

function judge(
  record: TransactionRecord,
  session: StoredSession | undefined,
  readings: ReadonlyMap<number, ReadonlyMap<number, number>>,
): string[] {
  const name = `${record.identity} transaction ${record.transactionId}`
  if (!record.isStartAcked) return [`${name}: its start was never acknowledged`]
  if (!session) return [`${name}: was acknowledged and is not stored`]
  const broken: string[] = []
  const must = (what: string, is: unknown, was: unknown) => {
    if (is !== was) broken.push(`${name}: ${what} is ${is}, was ${was}`)
  }
  must('charger', session.identity, record.identity)
  must('meterStart', session.meter_start_wh, record.meterStartWh)
  if (record.isStopAcked) {
    must('meterStop', session.meter_stop_wh, record.meterStopWh)
    must('energy', session.energy_wh, record.meterStopWh! - record.meterStartWh)
    must('status', session.status, 'ended')
    must('end', session.stopped_at?.getTime(), Date.parse(record.stoppedAt!))
  } else must('end', session.stopped_at, null)
  const kept = readings.get(session.id)
  for (const sample of record.samples) {
    if (sample.isAcked)
      must(`reading of ${sample.at}`, kept?.get(Date.parse(sample.at)), sample.energyWh)
  }
  must('number of readings', kept?.size ?? 0, record.samples.length)
  return broken
}

function doubleIds(records: readonly TransactionRecord[]): string[] {
  const seen = new Map<number, TransactionRecord>()
  return records.flatMap((record) => {
    if (record.transactionId === null) return []
    const other = seen.get(record.transactionId)
    seen.set(record.transactionId, record)
    return other
      ? [
          `transaction ${record.transactionId} was given to ${other.identity} and to ${record.identity}`,
        ]
      : []
  })
}

async function storedSessions(pool: Pool): Promise<Map<number, StoredSession>> {
  const { rows } = await pool.query<StoredSession>(
    `select s.id, s.transaction_id, c.identity, s.meter_start_wh, s.meter_stop_wh, s.energy_wh,
            s.stopped_at, s.status
     from sessions s join chargers c on c.id = s.charger_id`,
  )
  return new Map(rows.map((row) => [row.transaction_id, row]))
}

/** Session → device time in ms → Wh. */
async function storedReadings(pool: Pool): Promise<Map<number, Map<number, number>>> {
  const { rows } = await pool.query<{ session_id: number; at: Date; energy_wh: number }>(
    'select session_id, at, energy_wh from telemetry.meter_samples where session_id <> 0',
  )
  const bySession = new Map<number, Map<number, number>>()
  for (const row of rows) {
    const kept = bySession.get(row.session_id) ?? new Map<number, number>()
    kept.set(row.at.getTime(), row.energy_wh)
    bySession.set(row.session_id, kept)
  }
  return bySession
}

/** Every acknowledged message, whatever it was, is in the frame log. */
async function unlogged(pool: Pool, ledgers: readonly Ledger[]): Promise<string[]> {
  const acked = new Map<string, number>()
  for (const ledger of ledgers) {
    for (const [action, count] of ledger.counts) {
      acked.set(action, (acked.get(action) ?? 0) + count.acked)
    }
  }
  const { rows } = await pool.query<{ action: string; frames: number }>(
    `select action, count(*)::int as frames from telemetry.frames
     where direction = 0 and kind = 2 group by 1`,
  )
  const logged = new Map(rows.map((row) => [row.action, row.frames]))
  return [...acked].flatMap(([action, count]) =>
    (logged.get(action) ?? 0) < count
      ? [`${count} ${action} were acknowledged, ${logged.get(action) ?? 0} are in the log`]
      : [],
  )
}
