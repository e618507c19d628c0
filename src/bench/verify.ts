/**
 * What was acknowledged is what is stored: the ledger of the load generator against the tables. Each line of the answer
 * is something that does not agree; none is the proof.
 */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Pool } from '@/db/pool'
import type { LedgerLine } from './protocol'

type Stored = {
  transaction_id: number
  identity: string
  meter_start_wh: number
  meter_stop_wh: number | null
  energy_wh: number | null
  samples: number
}

/** Compares session by session; `framesAcked` is how many calls were answered, boots included. */
export async function verify(
  pool: Pool,
  ledgerFile: string,
  prefix: string,
  framesAcked: number,
): Promise<string[]> {
  const stored = await readStored(pool, prefix)
  const wrong: string[] = []
  let told = 0
  const complain = (text: string) => {
    told += 1
    if (told <= 10) wrong.push(text)
  }
  let sessions = 0
  for await (const text of createInterface({ input: createReadStream(ledgerFile) })) {
    const line = JSON.parse(text) as LedgerLine
    sessions += 1
    const row = stored.get(line.transactionId)
    if (!row) complain(`transaction ${line.transactionId} was acknowledged and is not stored`)
    else for (const problem of differences(line, row)) complain(problem)
  }
  if (stored.size !== sessions) complain(`${stored.size} sessions stored, ${sessions} started`)
  const frames = await countFrames(pool, prefix)
  if (frames.inbound < framesAcked)
    complain(`${frames.inbound} frames logged of ${framesAcked} answered`)
  if (frames.outbound < framesAcked) complain(`${frames.outbound} answers logged of ${framesAcked}`)
  if (told > wrong.length) wrong.push(`… and ${told - wrong.length} more`)
  return wrong
}

function differences(line: LedgerLine, row: Stored): string[] {
  const problems: string[] = []
  const must = (name: string, is: unknown, was: unknown) => {
    if (is !== was) problems.push(`transaction ${line.transactionId}: ${name} is ${is}, was ${was}`)
  }
  must('charger', row.identity, line.identity)
  must('meterStart', row.meter_start_wh, line.meterStartWh)
  must('meterStop', row.meter_stop_wh, line.meterStopWh)
  must('samples', row.samples, line.samplesAcked)
  if (line.meterStopWh !== null) must('energy', row.energy_wh, line.meterStopWh - line.meterStartWh)
  return problems
}

async function readStored(pool: Pool, prefix: string): Promise<Map<number, Stored>> {
  const { rows } = await pool.query<Stored>(
    `select s.transaction_id, c.identity, s.meter_start_wh, s.meter_stop_wh, s.energy_wh,
            coalesce(m.samples, 0)::int as samples
     from sessions s join chargers c on c.id = s.charger_id
     left join (select session_id, count(*) as samples from telemetry.meter_samples group by 1) m
            on m.session_id = s.id
     where starts_with(c.identity, $1)`,
    [`${prefix}-`],
  )
  return new Map(rows.map((row) => [row.transaction_id, row]))
}

async function countFrames(pool: Pool, prefix: string) {
  const { rows } = await pool.query<{ inbound: number; outbound: number }>(
    `select count(*) filter (where direction = 0 and kind = 2) as inbound,
            count(*) filter (where direction = 1 and kind in (3, 4)) as outbound
     from telemetry.frame_log f join chargers c on c.id = f.charger_id where starts_with(c.identity, $1)`,
    [`${prefix}-`],
  )
  return rows[0]!
}
