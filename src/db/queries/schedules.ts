import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'

type SomeScope = Extract<Scope, { kind: 'some' }>

/** `readSitesOf`: the sites an organisation owns, or runs. */
export async function readSitesOf(
  sql: Sql,
  organisationId: number,
  isOwner: boolean,
): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    `select id from sites where ${isOwner ? 'owner_id' : 'operator_id'} = $1 order by id`,
    [organisationId],
  )
  return rows.map(({ id }) => id)
}

/** `readZoneOf`: the zone of a site, or that of the settings. */
export async function readZoneOf(sql: Sql, siteId: number | null): Promise<string> {
  const { rows } = await sql.query<{ zone: string }>(
    `select coalesce((select nullif(timezone, '') from sites where id = $1),
                     (select nullif(timezone, '') from settings limit 1), 'Europe/London') as zone`,
    [siteId],
  )
  return rows[0]?.zone ?? 'Europe/London'
}

// $1 sites, $2 regions. All sites that a schedule or a statement covers have to be inside.
const own = `own as (select id from sites where id = any($1::int[]) or region_id = any($2::int[]))`

/** Statements all of whose sites lie in the scope: half a statement is nobody's. */
export async function readSeenStatements(sql: Sql, scope: SomeScope): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    `with ${own} select statement_id as id from telemetry.statement_runs
      where cardinality(site_ids) > 0 and site_ids <@ (select coalesce(array_agg(id), '{}') from own)`,
    [scope.siteIds, scope.regionIds],
  )
  return rows.map(({ id }) => id)
}

/** Schedules all of whose sites lie in the scope. */
export async function readSeenSchedules(sql: Sql, scope: SomeScope): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    `with ${own}
     select r.id from report_schedules r
      where (r.covers = 'site' and r.site_id in (select id from own))
         or (r.covers <> 'site'
             and exists (select from sites s where ${covered('s', 'r')})
             and not exists (select from sites s where ${covered('s', 'r')} and s.id not in (select id from own)))`,
    [scope.siteIds, scope.regionIds],
  )
  return rows.map(({ id }) => id)
}

/** Links to statements that are in sight. */
export async function readSeenShareLinks(sql: Sql, scope: SomeScope): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    `with ${own} select l.id from share_links l join telemetry.statement_runs r on r.statement_id = l.statement_id
      where cardinality(r.site_ids) > 0 and r.site_ids <@ (select coalesce(array_agg(id), '{}') from own)`,
    [scope.siteIds, scope.regionIds],
  )
  return rows.map(({ id }) => id)
}

/** The sites (`s`) that a schedule (`r`) covers, as a condition. */
export const covered = (s: string, r: string): string =>
  `((${r}.covers = 'site' and ${s}.id = ${r}.site_id) or (${r}.covers = 'owner' and ${s}.owner_id = ${r}.organisation_id)
    or (${r}.covers = 'operator' and ${s}.operator_id = ${r}.organisation_id))`

/** `readScheduleSites`: the sites a schedule covers now, with their regions. */
export async function readScheduleSites(
  sql: Sql,
  scheduleId: number,
): Promise<{ id: number; regionId: number | null }[]> {
  const { rows } = await sql.query<{ id: number; regionId: number | null }>(
    `select s.id, s.region_id as "regionId" from report_schedules r join sites s on ${covered('s', 'r')} where r.id = $1`,
    [scheduleId],
  )
  return rows
}
