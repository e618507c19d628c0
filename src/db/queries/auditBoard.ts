import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type AuditLine = {
  id: number
  /** ISO 8601, to the microsecond: two entries of a moment keep their order. */
  at: string
  userId: number | null
  actor: string
  role: string | null
  action: string
  resource: string
  resourceId: string | null
  /** The name of the record now, where the reader may see it. */
  recordName: string | null
  siteId: number | null
  siteName: string | null
  before: string | null
  after: string | null
  result: string
  reason: string | null
  ip: string | null
  requestId: string | null
}

export type AuditFilter = {
  scope: Scope
  userId: number | null
  action: string | null
  resource: string | null
  resourceId: string | null
  from: Date | null
  until: Date | null
  deniedOnly: boolean
}

export type AuditCursor = { at: string; id: number }

/**
 * `readAuditLines`: newest first, after the cursor. Each filter has an index in this order: audit_log_newest, _by_user,
 * _by_site, _by_action, _by_resource, _denied; a record has (resource, resource_id, at).
 */
export async function readAuditLines(
  sql: Sql,
  filter: AuditFilter,
  page: { before: AuditCursor | null; limit: number },
): Promise<AuditLine[]> {
  const values: unknown[] = []
  const condition = conditionOf(filter, page.before, values)
  const limit = `$${values.push(page.limit)}`
  return lines(
    sql,
    filter.scope,
    values,
    `${condition} order by a.at desc, a.id desc limit ${limit}`,
  )
}

/** `readAuditLine`: one entry; null outside the scope. */
export async function readAuditLine(sql: Sql, scope: Scope, id: number): Promise<AuditLine | null> {
  const values: unknown[] = [id]
  const inScope = scopeSql(scope, { charger: null, site: 'a.site_id' }, values)
  const [line] = await lines(sql, scope, values, `a.id = $1 and ${inScope}`)
  return line ?? null
}

/** `countAuditLines`: how many fit, counted up to `most`. */
export async function countAuditLines(
  sql: Sql,
  filter: AuditFilter,
  most: number,
): Promise<number> {
  const values: unknown[] = []
  const condition = conditionOf(filter, null, values)
  const { rows } = await sql.query<{ n: number }>(
    `select count(*)::int as n from (select from audit_log a where ${condition} limit ${Math.trunc(most)}) counted`,
    values,
  )
  return rows[0]?.n ?? 0
}

async function lines(
  sql: Sql,
  scope: Scope,
  values: unknown[],
  where: string,
): Promise<AuditLine[]> {
  const isAll = scope.kind === 'all'
  const charger = scopeSql(scope, { charger: 'c.id', site: 'c.site_id' }, values)
  const site = scopeSql(scope, { charger: null, site: 's.id' }, values)
  const { rows } = await sql.query<AuditLine>(
    `with found as (select * from audit_log a where ${where})
     select a.id, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, a.user_id as "userId",
            coalesce(a.actor, '') as actor, a.role, coalesce(a.action, '') as action, coalesce(a.resource, '') as resource,
            a.resource_id as "resourceId", a.site_id as "siteId", s.name as "siteName", a.before, a.after,
            coalesce(a.result, '') as result, a.reason, a.ip, a.request_id as "requestId",
            case when a.resource_id !~ '^[0-9]{1,9}$' then null
                 when a.resource = 'chargers' then (select c.name from chargers c where c.id = a.resource_id::int and ${charger})
                 when a.resource = 'sites' then (select s.name from sites s where s.id = a.resource_id::int and ${site})
                 when not ${isAll} then null
                 when a.resource = 'users' then (select coalesce(nullif(u.name, ''), u.email) from users u where u.id = a.resource_id::int)
                 when a.resource = 'tariffs' then (select t.name from tariffs t where t.id = a.resource_id::int)
                 when a.resource = 'drivers' then (select d.name from drivers d where d.id = a.resource_id::int)
                 when a.resource = 'grants' then (select coalesce(nullif(u.name, ''), u.email) from grants g join users u on u.id = g.user_id
                                                   where g.id = a.resource_id::int)
            end as "recordName"
       from found a left join sites s on s.id = a.site_id and ${site}
      order by a.at desc, a.id desc`,
    values,
  )
  return rows
}

function conditionOf(filter: AuditFilter, before: AuditCursor | null, values: unknown[]): string {
  const of = (value: unknown) => `$${values.push(value)}`
  const parts = [scopeSql(filter.scope, { charger: null, site: 'a.site_id' }, values)]
  if (filter.userId !== null) parts.push(`a.user_id = ${of(filter.userId)}`)
  if (filter.action !== null) parts.push(`a.action = ${of(filter.action)}`)
  if (filter.resource !== null) parts.push(`a.resource = ${of(filter.resource)}`)
  if (filter.resourceId !== null) parts.push(`a.resource_id = ${of(filter.resourceId)}`)
  if (filter.from !== null) parts.push(`a.at >= ${of(filter.from)}`)
  if (filter.until !== null) parts.push(`a.at < ${of(filter.until)}`)
  if (filter.deniedOnly) parts.push(`a.result = 'refused'`)
  if (before) parts.push(`(a.at, a.id) < (${of(before.at)}::timestamptz, ${of(before.id)})`)
  return parts.join(' and ')
}

export type AuditChoices = {
  people: { id: number; name: string }[]
  actions: string[]
  resources: string[]
}

/**
 * `readAuditChoices`: what there is to filter by. From value to value in the index: a million rows are not read for a
 * dozen words. Paths somebody knocked at are no choice, there is no end of them.
 */
export async function readAuditChoices(sql: Sql, scope: Scope): Promise<AuditChoices> {
  const values: unknown[] = []
  const inScope = scopeSql(scope, { charger: null, site: 'a.site_id' }, values)
  const each = (column: string) => `
    (with recursive next as (
       (select min(${column}) as word, 1 as n from audit_log)
       union all
       select (select min(a.${column}) from audit_log a where a.${column} > next.word), n + 1 from next where word is not null and n < 300
     ) select coalesce(json_agg(word order by word), '[]') from next where word is not null and word !~ '^[A-Z]+ /')`
  const { rows } = await sql.query<AuditChoices>(
    `select ${each('action')} as actions, ${each('resource')} as resources,
            (select coalesce(json_agg(json_build_object('id', u.id, 'name', coalesce(nullif(u.name, ''), u.email)) order by u.name), '[]')
               from (select * from users u where exists (select from audit_log a where a.user_id = u.id and ${inScope})
                      order by u.name limit 500) u) as people`,
    values,
  )
  return rows[0]!
}

export type AuditCheck = { at: Date; rows: number; brokenId: number | null; why: string | null }

/** `readLastCheck`: how the chain was found at its last verification. */
export async function readLastCheck(sql: Sql): Promise<AuditCheck | null> {
  const { rows } = await sql.query<AuditCheck>(
    `select at, rows, broken_id as "brokenId", why from telemetry.audit_checks order by at desc limit 1`,
  )
  return rows[0] ?? null
}
