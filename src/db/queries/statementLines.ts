import type { Sql } from '../pool'

/**
 * A session counts with what it costs in the end, once that is known: it has stopped, it is priced, and nobody has to
 * look at it any more.
 */
export const isFinal = (s: string): string =>
  `${s}.stopped_at is not null and ${s}.priced_at is not null and ${s}.status <> 'needs-review'`

/** With what was corrected afterwards, as `telemetry.session_totals` has it; no price and no energy count as nothing. */
const finalWh = '(coalesce(s.energy_wh, 0) + coalesce(s.correction_wh, 0))::bigint'
const finalMinor = '(coalesce(s.cost_minor, 0) + coalesce(s.correction_minor, 0))::bigint'
const finalTaxMinor = '(coalesce(s.tax_minor, 0) + coalesce(s.correction_tax_minor, 0))::bigint'

/**
 * `closeLines`: writes the lines of a statement, for good. One per session that began in the period; one per session
 * of an earlier period that was not stated when it should have been (`late`), or costs something else since
 * (`change`, the difference). So the lines of all statements of a schedule always add up to what the sessions cost, and
 * no statement ever changes. A site counts from the first statement that covered it. The statement's own row in
 * `statement_runs` names its sites and has to be there. In the caller's transaction.
 * Indexes: sessions_site_started_at_idx, statement_lines_session.
 */
export async function closeLines(
  sql: Sql,
  statement: { id: number; scheduleId: number; from: Date; to: Date },
): Promise<number> {
  // a year of an operator's lines is added up by session: in 8 MB that goes over the disk several times
  await sql.query(`set local work_mem = '128MB'`)
  const { rowCount } = await sql.query(
    `with covered as materialized (
       select u.covered_id as site_id, min(st.period_from) as since
         from telemetry.statement_runs r join statements st on st.id = r.statement_id
        cross join unnest(r.site_ids) as u(covered_id)
        where r.schedule_id = $2 and st.period_from <= $3
          and u.covered_id in (select unnest(site_ids) from telemetry.statement_runs where statement_id = $1)
        group by u.covered_id
     ), stated as materialized (
       select session_id, sum(energy_wh)::bigint as energy_wh, sum(amount_minor)::bigint as amount_minor,
              sum(tax_minor)::bigint as tax_minor
         from telemetry.statement_lines where schedule_id = $2 group by session_id
     ), final as (
       select s.id, s.site_id, s.charger_id, s.started_at, ${finalWh} as energy_wh,
              ${finalMinor} as amount_minor, ${finalTaxMinor} as tax_minor, s.currency
         from covered c join sessions s on s.site_id = c.site_id
        where s.started_at >= c.since and s.started_at < $4 and ${isFinal('s')}
       union all
       -- stated once, and of a site that is not covered any more
       select s.id, s.site_id, s.charger_id, s.started_at, ${finalWh},
              ${finalMinor}, ${finalTaxMinor}, s.currency
         from stated join sessions s on s.id = stated.session_id
        where ${isFinal('s')} and not exists (
              select from covered c where c.site_id = s.site_id and s.started_at >= c.since and s.started_at < $4)
     ), lines as (
       select f.*, case when stated.session_id is not null then 'change'
                        when f.started_at >= $3 then 'session' else 'late' end as kind,
              f.energy_wh - coalesce(stated.energy_wh, 0) as energy_delta,
              f.amount_minor - coalesce(stated.amount_minor, 0) as amount_delta,
              f.tax_minor - coalesce(stated.tax_minor, 0) as tax_delta
         from final f left join stated on stated.session_id = f.id
        where stated.session_id is null
           or (f.energy_wh, f.amount_minor, f.tax_minor) is distinct from
              (stated.energy_wh, stated.amount_minor, stated.tax_minor)
     )
     insert into telemetry.statement_lines (statement_id, line, schedule_id, session_id, kind, site_id, charger_id,
            started_at, energy_wh, amount_minor, tax_minor, currency)
     select $1, row_number() over (order by kind <> 'session', started_at, id), $2, id, kind, site_id, charger_id,
            started_at, energy_delta, amount_delta, tax_delta, currency
       from lines`,
    [statement.id, statement.scheduleId, statement.from, statement.to],
  )
  return rowCount ?? 0
}

export type Sum = { sessions: number; energyWh: number; amountMinor: number; taxMinor: number }
export type CurrencySum = Sum & { currency: string | null; correctionMinor: number }

export type StatementSums = {
  energyWh: number
  sessions: number
  /** By currency, the largest first; tax is part of the amount. */
  amounts: CurrencySum[]
  chargers: (Sum & { name: string; site: string | null; currency: string | null })[]
  /** Of the days that had sessions, by the zone's calendar. */
  days: (Sum & { day: string })[]
  corrections: {
    kind: 'late' | 'change'
    charger: string
    startedAt: string
    energyWh: number
    amountMinor: number
    taxMinor: number
    currency: string | null
  }[]
  correctionCount: number
  /** Of the period's own sessions; basis points of the net. */
  taxRates: {
    basisPoints: number | null
    amountMinor: number
    taxMinor: number
    currency: string | null
  }[]
}

const sums = `count(*) filter (where kind <> 'change')::int as sessions, sum(energy_wh)::bigint as "energyWh",
  sum(amount_minor)::bigint as "amountMinor", sum(tax_minor)::bigint as "taxMinor"`

/** More lines than this are counted and summed, not listed. */
export const correctionsListed = 200

/** `sumLines`: everything a statement says, added up from its own lines and nothing else. */
export async function sumLines(
  sql: Sql,
  statementId: number,
  zone: string,
): Promise<StatementSums> {
  const list = (query: string) => `coalesce((select json_agg(x) from (${query}) x), '[]')`
  const { rows } = await sql.query<{ sums: StatementSums }>(
    `with lines as materialized (select * from telemetry.statement_lines where statement_id = $1)
     select json_build_object(
       'energyWh', coalesce((select sum(energy_wh) from lines), 0),
       'sessions', (select count(*) from lines where kind <> 'change'),
       'correctionCount', (select count(*) from lines where kind <> 'session'),
       'amounts', ${list(`select currency, ${sums}, coalesce(sum(amount_minor) filter (where kind <> 'session'), 0)::bigint as "correctionMinor"
                            from lines where currency is not null group by currency
                           order by abs(sum(amount_minor)) desc, currency`)},
       'chargers', ${list(`select coalesce(ch.name, 'Charger ' || l.charger_id) as name, si.name as site, l.currency, ${sums}
                             from lines l left join chargers ch on ch.id = l.charger_id left join sites si on si.id = l.site_id
                            where l.kind = 'session' group by l.charger_id, ch.name, si.name, l.currency
                            order by si.name, sum(l.energy_wh) desc, ch.name`)},
       'days', ${list(`select to_char(started_at at time zone $2, 'YYYY-MM-DD') as day, ${sums}
                         from lines where kind = 'session' group by 1 order by 1`)},
       'corrections', ${list(`select l.kind, coalesce(ch.name, 'Charger ' || l.charger_id) as charger, l.started_at as "startedAt",
                                     l.energy_wh as "energyWh", l.amount_minor as "amountMinor", l.tax_minor as "taxMinor", l.currency
                                from lines l left join chargers ch on ch.id = l.charger_id
                               where l.kind <> 'session' order by l.started_at, l.session_id limit ${correctionsListed}`)},
       'taxRates', ${list(`select currency, "basisPoints", sum(amount) as "amountMinor", sum(tax) as "taxMinor" from (
            select l.currency, case when l.tax_minor = coalesce(led.tax, 0) and led.rates = 1 then led.rate end as "basisPoints",
                   l.amount_minor as amount, l.tax_minor as tax
              from lines l left join lateral (
                select sum(tax_minor)::bigint as tax, count(distinct body ->> 'taxBasisPoints') as rates,
                       max((body ->> 'taxBasisPoints')::int) as rate
                  from telemetry.ledger_lines where session_id = l.session_id) led on true
             where l.kind = 'session' and l.currency is not null) of_each
           group by currency, "basisPoints" order by currency, "basisPoints" desc nulls last`)}
     ) as sums`,
    [statementId, zone],
  )
  return rows[0]!.sums
}

/** `sumSessions`: what is known now of the sessions that began in a time, straight from the sessions. */
export async function sumSessions(
  sql: Sql,
  siteIds: readonly number[],
  from: Date,
  to: Date,
): Promise<{ final: (Sum & { currency: string | null })[]; heldBack: number }> {
  const { rows } = await sql.query<Sum & { isFinal: boolean; currency: string | null }>(
    `select (${isFinal('s')}) as "isFinal", s.currency, count(*)::int as sessions, coalesce(sum(${finalWh}), 0)::bigint as "energyWh",
            coalesce(sum(${finalMinor}), 0)::bigint as "amountMinor", coalesce(sum(${finalTaxMinor}), 0)::bigint as "taxMinor"
       from sessions s where s.site_id = any($1::int[]) and s.started_at >= $2 and s.started_at < $3
      group by 1, 2 order by 5 desc`,
    [siteIds, from, to],
  )
  const heldBack = rows.filter((row) => !row.isFinal).reduce((sum, row) => sum + row.sessions, 0)
  return { final: rows.filter((row) => row.isFinal), heldBack }
}

export type LineRow = {
  /** Wall clock of the zone: `2026-11-03 14:05:00`. */
  began: string
  session: number
  site: string | null
  charger: string
  kind: 'session' | 'late' | 'change'
  energyWh: number
  amountMinor: number
  taxMinor: number
  currency: string | null
}

export type LinesTotals = {
  rows: number
  energyWh: number
  money: { currency: string; amountMinor: number; taxMinor: number }[]
}

/** `readLines`: every line of a statement in its order, and their sums by SQL. */
export async function readLines(
  sql: Sql,
  statementId: number,
  zone: string,
): Promise<{ lines: LineRow[]; totals: LinesTotals }> {
  const { rows: lines } = await sql.query<LineRow>(
    `select to_char(l.started_at at time zone $2, 'YYYY-MM-DD HH24:MI:SS') as began, s.transaction_id as session,
            si.name as site, coalesce(ch.name, 'Charger ' || l.charger_id) as charger, l.kind, l.energy_wh as "energyWh",
            l.amount_minor as "amountMinor", l.tax_minor as "taxMinor", l.currency
       from telemetry.statement_lines l left join sessions s on s.id = l.session_id
       left join chargers ch on ch.id = l.charger_id left join sites si on si.id = l.site_id
      where l.statement_id = $1 order by l.line`,
    [statementId, zone],
  )
  const { rows } = await sql.query<{ totals: LinesTotals }>(
    `with lines as (select * from telemetry.statement_lines where statement_id = $1)
     select json_build_object('rows', (select count(*) from lines), 'energyWh', coalesce((select sum(energy_wh) from lines), 0),
       'money', coalesce((select json_agg(x) from (
          select currency, sum(amount_minor)::bigint as "amountMinor", sum(tax_minor)::bigint as "taxMinor"
            from lines where currency is not null group by currency order by 2 desc) x), '[]')) as totals`,
    [statementId],
  )
  return { lines, totals: rows[0]!.totals }
}
