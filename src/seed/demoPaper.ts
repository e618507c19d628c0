/** Papers of the demo: who stands on them, budgets, schedules whose last periods wait for the worker, one shared by a link. */
import { createHash } from 'node:crypto'
import type { Sql } from '@/db/pool'
import { insertCorrection, lockCorrected } from '@/db/queries/corrections'
import { setRecipients } from '@/db/queries/recipients'
import { insertShareLink } from '@/db/queries/shareLinks'
import { planStatement, readPlanned, readSchedule } from '@/db/queries/statementRuns'
import { taxOf } from '@/domain/correction'
import { duePeriods, periodWords } from '@/domain/issuing'
import { publicId } from '@/platform/ids'
import { demoBranding, demoBudgets, demoSchedules, type DemoSchedule } from './demoMoney'
import { demoNote, demoZone } from './demoNetwork'

const dayMs = 86_400_000
const shareDays = 30

type Made = { now: Date; userId: number | null; shareKey: string }

export async function insertPaper(sql: Sql, made: Made): Promise<void> {
  await insertBranding(sql)
  await insertBudgets(sql, made.now)
  await insertGoodwill(sql, made)
  for (const schedule of demoSchedules) await insertSchedule(sql, schedule, made)
}

/** Whatever somebody has set stays. */
async function insertBranding(sql: Sql): Promise<void> {
  const { name, address, vatNumber, footer } = demoBranding
  await sql.query(
    `update settings set branding_name = $1, branding_address = $2, branding_vat_number = $3, branding_footer = $4
      where coalesce(branding_name, '') = '' and coalesce(branding_address, '') = ''`,
    [name, address, vatNumber, footer],
  )
}

/** Limits that fit what was used, so that each bar says something on any day of the month. */
async function insertBudgets(sql: Sql, now: Date): Promise<void> {
  for (const budget of demoBudgets) {
    await sql.query(
      `with used as (
         select coalesce(sum(case when $5 = 'energy' then s.energy_wh else s.cost_minor end), 0) used
           from sessions s join rfid_cards c on c.id = s.card_id join vehicles v on v.id = c.vehicle_id
           join fleets f on f.id = v.fleet_id
          where f.name = $2 and f.note = $3
            and s.started_at >= date_trunc($4, $6::timestamptz at time zone $7) at time zone $7
       ), fits as (
         select greatest(1, ceil(used * 100 / $8::numeric / $9::numeric)) * $9::numeric most from used)
       insert into budgets (name, fleet_id, period, measure, currency, limit_minor, limit_wh, warn_at_percent, when_spent, note)
       select $1, f.id, $4::enum_budgets_period, $5::enum_budgets_measure, 'GBP', case when $5 = 'money' then most end,
              case when $5 = 'energy' then most end, 80, $10::enum_budgets_when_spent, $3
         from fits, fleets f where f.name = $2 and f.note = $3`,
      [
        budget.name,
        budget.fleet,
        demoNote,
        budget.period,
        budget.measure,
        now,
        demoZone,
        budget.usedPercent,
        budget.step,
        budget.whenSpent,
      ],
    )
  }
}

/** One bill that was put right by hand: the session's page shows both, and who decided. */
async function insertGoodwill(sql: Sql, { now, userId }: Made): Promise<void> {
  if (userId === null) return
  const { rows } = await sql.query<{ id: number }>(
    `select s.id from sessions s join sites si on si.id = s.site_id
      where si.note = $1 and si.name = 'Bristol Harbourside' and s.cost_minor > 1000 and s.status = 'ended'
        and s.stopped_at < $2::timestamptz - interval '1 day' order by s.stopped_at desc limit 1`,
    [demoNote, now],
  )
  const session = rows[0] && (await lockCorrected(sql, rows[0].id, { kind: 'all' }))
  if (!session) return
  const taxBasisPoints = session.taxBasisPoints ?? 0
  await insertCorrection(sql, {
    session,
    kind: 'adjustment',
    ...taxOf(-500, taxBasisPoints),
    taxBasisPoints,
    energyWh: 0,
    reason: 'The plug was stuck for twenty minutes: £5.00 given back',
    madeBy: userId,
    now,
  })
}

async function insertSchedule(sql: Sql, schedule: DemoSchedule, made: Made): Promise<void> {
  const setUpAt = new Date(made.now.getTime() - schedule.daysAgo * dayMs)
  const covers = 'site' in schedule.of ? 'site' : 'owner'
  const { rows } = await sql.query<{ id: number }>(
    `insert into report_schedules (name, kind, covers, site_id, organisation_id, frequency, hour, timezone, paused, created_by_id,
            created_at, updated_at)
     select $1, $2::enum_report_schedules_kind, $3::enum_report_schedules_covers, (select id from sites where name = $4 and note = $5),
            (select id from organisations where name = $6), $7::enum_report_schedules_frequency, 6, $8, $9, $10, $11, $11
     returning id`,
    [
      schedule.name,
      schedule.kind,
      covers,
      'site' in schedule.of ? schedule.of.site : null,
      demoNote,
      'owner' in schedule.of ? schedule.of.owner : null,
      schedule.frequency,
      demoZone,
      schedule.paused ?? false,
      made.userId,
      setUpAt,
    ],
  )
  const { id } = rows[0]!
  const addresses = schedule.recipients.map(({ address }) => address)
  await sql.query(
    `with formats as (
       insert into report_schedules_formats ("order", parent_id, value)
       select n, $1, f::enum_report_schedules_formats from unnest($2::text[]) with ordinality x (f, n))
     insert into report_schedules_texts ("order", parent_id, path, text)
     select n, $1, 'recipients', a from unnest($3::text[]) with ordinality x (a, n)`,
    [id, schedule.formats, addresses],
  )
  await setRecipients(sql, id, addresses, made.now)
  await sql.query(
    `update telemetry.report_recipients set asked_at = $2, confirmed_at = $2 where schedule_id = $1 and address = any($3)`,
    [
      id,
      setUpAt,
      schedule.recipients.flatMap(({ address, isConfirmed }) => (isConfirmed ? [address] : [])),
    ],
  )
  if (!schedule.paused) await planPast(sql, id, schedule, made)
}

/** The worker makes them with its next turn: the demo does not wait for papers. */
async function planPast(sql: Sql, id: number, demo: DemoSchedule, made: Made): Promise<void> {
  const schedule = (await readSchedule(sql, id))!
  const periods = duePeriods(schedule, made.now)
  for (const { from, to, ...days } of periods)
    await planStatement(sql, {
      scheduleId: id,
      publicId: publicId(),
      title: `${schedule.name}, ${periodWords(days)}`,
      from,
      to,
      now: made.now,
    })
  const last = periods.at(-1)
  if (!last || !demo.sharedWith || made.userId === null) return
  const run = await readPlanned(sql, id, last.from)
  await insertShareLink(sql, {
    statementId: run.statementId,
    title: run.title,
    sharedWith: demo.sharedWith,
    sharedBy: made.userId,
    expiresAt: new Date(made.now.getTime() + shareDays * dayMs),
    keyHash: createHash('sha256').update(made.shareKey).digest('hex'),
    mailTo: null,
    now: made.now,
  })
}
