/**
 * `npm run bench -- --only statement`: the monthly statements of a site and of an operator of all sites over the seeded
 * year, made by the job itself, month after month, and the papers they end as.
 */
import { issueStatements } from '@/jobs/definitions/issueStatements'
import { createPool, type Pool } from '@/db/pool'
import { closePdf, warmPdf } from '#reports/render/pdf'
import { median } from './histogram'

export type StatementTimes = { sessions: number; seconds: number[]; kilobytes: number }
export type StatementFigures = { site: StatementTimes; operator: StatementTimes; wrong: string[] }

const months = 12

export async function measureStatements(
  url: string,
  say: (text: string) => void,
): Promise<StatementFigures> {
  // as the worker's is for what takes long
  const pool = createPool(url, { max: 4, name: 'bench-statements', statementTimeoutMs: 60_000 })
  try {
    const wrong: string[] = []
    const run = async (covers: 'site' | 'operator') => {
      const scheduleId = await addSchedule(pool, covers)
      const seconds: number[] = []
      for (let month = 1; month <= months; month++) {
        seconds.push(await issue(pool, new Date(Date.UTC(2025, month, 1, 6, 0, 20)), wrong))
        say(`${covers}, month ${month}: ${seconds.at(-1)!.toFixed(2)} s`)
      }
      wrong.push(...(await compare(pool, scheduleId)))
      await pool.query('update report_schedules set paused = true where id = $1', [scheduleId])
      return { seconds, ...(await sizeOf(pool, scheduleId)) }
    }
    await clear(pool)
    // as the worker does a minute before the hour
    await warmPdf()
    const site = await run('site')
    const operator = await run('operator')
    return { site, operator, wrong }
  } finally {
    await clear(pool)
    closePdf()
    await pool.end()
  }
}

async function issue(pool: Pool, now: Date, wrong: string[]): Promise<number> {
  const log = {
    info: () => {},
    warn: ({ err }: object & { err?: unknown }) => void wrong.push(String(err)),
  }
  const startedAt = performance.now()
  await issueStatements('https://cpms.example.test').run({ pool, now: () => now, log } as never)
  return (performance.now() - startedAt) / 1000
}

const owner = 'Bench operator'
/** The one with the most sessions of a month. */
export const busiestSite = `select site_id from sessions where started_at < '2025-02-01' group by 1 order by count(*) desc limit 1`

async function addSchedule(pool: Pool, covers: 'site' | 'operator'): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `with made as (insert into organisations (name) select $2::text where not exists (select from organisations where name = $2::text) returning id),
          org as (select id from made union select id from organisations where name = $2::text)
     insert into report_schedules (name, kind, covers, site_id, organisation_id, frequency, hour, timezone, created_at)
     select 'Bench', 'statement', $1::text::enum_report_schedules_covers, case when $1::text = 'site' then (${busiestSite}) end,
            case when $1::text = 'operator' then (select id from org) end, 'monthly', 6, 'Europe/London', '2025-01-02' returning id`,
    [covers, owner],
  )
  await pool.query(
    'update sites set operator_id = (select id from organisations where name = $1)',
    [owner],
  )
  await pool.query(
    `insert into report_schedules_formats ("order", parent_id, value) values (1, $1, 'pdf')`,
    [rows[0]!.id],
  )
  return rows[0]!.id
}

/** What all statements say together is what the sessions cost. */
async function compare(pool: Pool, scheduleId: number): Promise<string[]> {
  const { rows } = await pool.query<{ stated: string; stored: string; issued: number }>(
    `select (select row(count(*), sum(energy_wh), sum(amount_minor), sum(tax_minor))::text
               from telemetry.statement_lines where schedule_id = $1) stated,
            (select row(count(*), sum(energy_wh), sum(cost_minor), sum(tax_minor))::text
               from sessions where status = 'ended' and started_at >= '2025-01-01' and started_at < '2026-01-01'
                and site_id = any(array(select unnest(site_ids) from telemetry.statement_runs where schedule_id = $1))) stored,
            (select count(*)::int from statements where schedule_id = $1 and status = 'issued') issued`,
    [scheduleId],
  )
  const { stated, stored, issued } = rows[0]!
  return [
    ...(stated === stored ? [] : [`stated ${stated}, stored ${stored}`]),
    ...(issued === months ? [] : [`${issued} statements of ${months} months`]),
  ]
}

async function sizeOf(pool: Pool, scheduleId: number) {
  const { rows } = await pool.query<{ sessions: number; kilobytes: number }>(
    `select max(s.session_count)::int sessions, (max(f.size_bytes) / 1000)::int kilobytes
       from statements s join telemetry.statement_files f on f.statement_id = s.id where s.schedule_id = $1`,
    [scheduleId],
  )
  return rows[0]!
}

/** A held year is measured again and again. */
async function clear(pool: Pool): Promise<void> {
  await pool.query(
    `delete from statements where schedule_id in (select id from report_schedules where name = 'Bench')`,
  )
  await pool.query(`delete from report_schedules where name = 'Bench'`)
}

export function sayStatements(found: StatementFigures): string {
  const line = (name: string, { sessions, seconds, kilobytes }: StatementTimes) =>
    `${name.padEnd(20)}${String(sessions).padStart(8)} sessions in the largest month: ${median(seconds).toFixed(2)} s (median of ${seconds.length}), ` +
    `${Math.max(...seconds).toFixed(2)} s (worst), ${kilobytes} kB of PDF`
  return [
    line('a site, monthly', found.site),
    line('an operator, monthly', found.operator),
    found.wrong.length === 0
      ? 'all statements together = SQL: sessions, Wh, pence and tax'
      : `NOT as it should be:\n  ${found.wrong.join('\n  ')}`,
  ].join('\n')
}
