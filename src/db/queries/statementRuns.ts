import type { Sql } from '../pool'
import { covered } from './schedules'

export type ScheduleRow = {
  id: number
  name: string
  kind:
    'statement' | 'chargingSessions' | 'energyUsage' | 'fleetUsage' | 'faultsUptime' | 'reliability'
  covers: 'site' | 'owner' | 'operator'
  frequency: 'daily' | 'weekly' | 'monthly'
  hour: number
  zone: string
  createdAt: Date
  /** End of the last period it has issued; null before the first. */
  lastTo: Date | null
}

const scheduleColumns = `r.id, r.name, r.kind, r.covers, r.frequency, r.hour, coalesce(nullif(r.timezone, ''), 'Europe/London') as zone,
            r.created_at as "createdAt", (select max(period_to) from statements where schedule_id = r.id) as "lastTo"`

/** `readActiveSchedules`: those that are not paused, with how far each has come. Index: statements_once. */
export async function readActiveSchedules(sql: Sql): Promise<ScheduleRow[]> {
  const { rows } = await sql.query<ScheduleRow>(
    `select ${scheduleColumns}
       from report_schedules r where not coalesce(r.paused, false) order by r.id`,
  )
  return rows
}

export async function readSchedule(sql: Sql, id: number): Promise<ScheduleRow | null> {
  const { rows } = await sql.query<ScheduleRow>(
    `select ${scheduleColumns} from report_schedules r where r.id = $1`,
    [id],
  )
  return rows[0] ?? null
}

/**
 * `planStatement`: one row per schedule and period, whoever asks how often (statements_once). Its sites are those that
 * the schedule covers now.
 */
export async function planStatement(
  sql: Sql,
  plan: { scheduleId: number; publicId: string; title: string; from: Date; to: Date; now: Date },
): Promise<void> {
  await sql.query(
    `with made as (
       insert into statements (public_id, title, kind, schedule_id, subject, site_id, organisation_id, frequency,
              period_from, period_to, timezone, status, created_at, updated_at)
       select $2, $3, r.kind, r.id,
              coalesce((select name from sites where id = r.site_id), (select name from organisations where id = r.organisation_id)),
              r.site_id, r.organisation_id, r.frequency, $4, $5, r.timezone, 'queued', $6, $6
         from report_schedules r where r.id = $1
       on conflict (schedule_id, period_from) do nothing returning id
     )
     insert into telemetry.statement_runs (statement_id, schedule_id, site_ids, next_try_at)
     select made.id, $1, (select coalesce(array_agg(s.id order by s.id), '{}') from report_schedules r join sites s on ${covered('s', 'r')}
                           where r.id = $1), $6 from made`,
    [plan.scheduleId, plan.publicId, plan.title, plan.from, plan.to, plan.now],
  )
}

export type Run = {
  statementId: number
  scheduleId: number
  publicId: string
  kind: ScheduleRow['kind']
  title: string
  subject: string
  siteIds: number[]
  frequency: ScheduleRow['frequency']
  from: Date
  to: Date
  zone: string
  status: string
  tries: number
  formats: string[]
  covers: ScheduleRow['covers']
  /** Written when it was closed. */
  figures: unknown
  fingerprint: string | null
}

const runColumns = `t.statement_id as "statementId", t.schedule_id as "scheduleId", s.public_id as "publicId", s.kind, s.title,
  s.subject, t.site_ids as "siteIds", s.frequency, s.period_from as "from", s.period_to as "to",
  s.timezone as zone, s.status, t.tries, t.figures, s.sha256 as fingerprint, sch.covers,
  coalesce((select array_agg(f.value::text order by f."order") from report_schedules_formats f
             where f.parent_id = t.schedule_id), '{pdf}') as formats`

/** `readPlanned`: the run of a period that was just planned. */
export async function readPlanned(sql: Sql, scheduleId: number, from: Date): Promise<Run> {
  const { rows } = await sql.query<Run>(
    `select ${runColumns} from telemetry.statement_runs t join statements s on s.id = t.statement_id
       join report_schedules sch on sch.id = t.schedule_id where t.schedule_id = $1 and s.period_from = $2`,
    [scheduleId, from],
  )
  return rows[0]!
}

/**
 * `claimRun`: the oldest statement to be made, for one worker for `leaseSeconds`; the periods of a schedule one after
 * the other, since each says what changed since the last. Index: statement_runs_due.
 */
export async function claimRun(
  sql: Sql,
  options: { claim: string; now: Date; leaseSeconds: number },
): Promise<Run | null> {
  const { rows } = await sql.query<Run>(
    `with due as (
       select r.statement_id from telemetry.statement_runs r
        where not r.is_done and r.next_try_at <= $2
          and not exists (select from telemetry.statement_runs earlier
                           where earlier.schedule_id = r.schedule_id and not earlier.is_done and earlier.statement_id < r.statement_id)
        order by r.next_try_at, r.statement_id limit 1 for update skip locked
     ), taken as (
       update telemetry.statement_runs r set claim = $1, tries = tries + 1, next_try_at = $2::timestamptz + make_interval(secs => $3)
         from due where r.statement_id = due.statement_id returning r.*
     )
     select ${runColumns}
       from taken t join statements s on s.id = t.statement_id join report_schedules sch on sch.id = t.schedule_id`,
    [options.claim, options.now, options.leaseSeconds],
  )
  return rows[0] ?? null
}

/** `holdsRun`: locks the run for this transaction; false where another worker has taken it over meanwhile. */
export async function holdsRun(sql: Sql, statementId: number, claim: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    'select 1 from telemetry.statement_runs where statement_id = $1 and claim = $2 and not is_done for update',
    [statementId, claim],
  )
  return rowCount === 1
}

export type ClosedFigures = {
  sessionCount: number | null
  energyWh: number | null
  costMinor: number | null
  taxMinor: number | null
  currency: string | null
  correctionCount: number | null
  correctionMinor: number | null
  heldBackCount: number | null
}

/** `closeStatement`: from here on its figures stand. */
export async function closeStatement(
  sql: Sql,
  statementId: number,
  closed: ClosedFigures & { figures: unknown; fingerprint: string | null; now: Date },
): Promise<void> {
  await sql.query(
    `update statements set status = 'closed', session_count = $2, energy_wh = $3, cost_minor = $4, tax_minor = $5,
            currency = $6, correction_count = $7, correction_minor = $8, held_back_count = $9, sha256 = $10, updated_at = $11
      where id = $1`,
    [
      statementId,
      closed.sessionCount,
      closed.energyWh,
      closed.costMinor,
      closed.taxMinor,
      closed.currency,
      closed.correctionCount,
      closed.correctionMinor,
      closed.heldBackCount,
      closed.fingerprint,
      closed.now,
    ],
  )
  await sql.query('update telemetry.statement_runs set figures = $2 where statement_id = $1', [
    statementId,
    JSON.stringify(closed.figures),
  ])
}

export type StatementFile = {
  format: string
  filename: string
  contentType: string
  sha256: string
  bytes: Uint8Array
}

/** `issueStatement`: its files, its recipients, and done, in the caller's transaction. */
export async function issueStatement(
  sql: Sql,
  statementId: number,
  files: readonly StatementFile[],
  now: Date,
): Promise<void> {
  for (const file of files)
    await sql.query(
      `insert into telemetry.statement_files (statement_id, format, filename, content_type, size_bytes, sha256, bytes)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (statement_id, format) do nothing`,
      [
        statementId,
        file.format,
        file.filename,
        file.contentType,
        file.bytes.byteLength,
        file.sha256,
        file.bytes,
      ],
    )
  await sql.query(
    `insert into telemetry.statement_sends (statement_id, address, asked_at)
     select $1, k.address, $2 from statements s join telemetry.report_recipients k on k.schedule_id = s.schedule_id
      where s.id = $1 and k.confirmed_at is not null and k.declined_at is null
     on conflict (statement_id, address) where asked_by is null do nothing`,
    [statementId, now],
  )
  await sql.query(
    `update statements set status = 'issued', issued_at = $2, error = null, updated_at = $2 where id = $1`,
    [statementId, now],
  )
  await sql.query(
    'update telemetry.statement_runs set is_done = true, claim = null where statement_id = $1',
    [statementId],
  )
}

/**
 * `putOff`: tried again at `nextTryAt`; the periods after it wait, since each says what changed since the last. `isLong`:
 * people are told that it fails.
 */
export async function putOff(
  sql: Sql,
  statementId: number,
  claim: string,
  failure: { error: string; isLong: boolean; nextTryAt: Date; now: Date },
): Promise<void> {
  await sql.query(
    `with run as (
       update telemetry.statement_runs set next_try_at = $3, claim = null
        where statement_id = $1 and claim = $2 and not is_done returning statement_id)
     update statements s set error = $4, updated_at = $5, status = case when $6 then 'failed' else s.status end
       from run where s.id = run.statement_id`,
    [statementId, claim, failure.nextTryAt, failure.error, failure.now, failure.isLong],
  )
}

/** `tryAgain`: a statement that waits for its next try is made at the next turn. */
export async function tryAgain(sql: Sql, statementId: number, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update telemetry.statement_runs set next_try_at = $2, tries = 0
      where statement_id = $1 and not is_done and claim is null`,
    [statementId, now],
  )
  return rowCount === 1
}
