import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'
import { whoSql, type RecentSession } from './chargerBoard'

export type ChargerSession = RecentSession & {
  powerW: number | null
  reviewReason: string | null
  endedBy: string | null
}

/**
 * `readChargerSessions`: of one charger, newest first, begun before an instant. `people` is where the viewer may see who
 * charged. The caller has checked that the charger is in sight. Index: charger_startedAt_idx.
 */
export async function readChargerSessions(
  sql: Sql,
  chargerId: number,
  options: { people: Scope; before: Date | null; limit: number },
): Promise<ChargerSession[]> {
  const values: unknown[] = [chargerId, options.before, options.limit]
  const people = scopeSql(options.people, { charger: 's.charger_id', site: 's.site_id' }, values)
  const { rows } = await sql.query<{ session: ChargerSession }>(
    `select json_build_object('id', s.id, 'transactionId', s.transaction_id, 'connectorNumber', s.connector_number,
              'status', s.status, 'startedAt', s.started_at, 'stoppedAt', s.stopped_at, 'energyWh', s.energy_wh,
              'powerW', s.power_w, 'durationSeconds', s.duration_seconds, 'costMinor', s.cost_minor, 'currency', s.currency,
              'stopReason', s.stop_reason, 'endedBy', s.ended_by, 'reviewReason', s.review_reason,
              'who', case when ${people} then ${whoSql('s')} end) as session
       from sessions s
      where s.charger_id = $1 and ($2::timestamptz is null or s.started_at < $2)
      order by s.started_at desc limit $3`,
    values,
  )
  return rows.map((row) => row.session)
}

export type AuditRow = {
  id: number
  at: string
  actor: string | null
  role: string | null
  action: string
  resource: string
  before: string | null
  after: string | null
  result: string | null
  reason: string | null
}

/**
 * `readChargerAudit`: what people did with a charger: its own record, its connectors, what was asked of it; newest first,
 * with numbers below `before`. The caller has checked scope. Indexes: resource_resourceId_at_idx, commands_charger_idx.
 */
export async function readChargerAudit(
  sql: Sql,
  chargerId: number,
  options: { before: number | null; limit: number },
): Promise<AuditRow[]> {
  const { rows } = await sql.query<AuditRow>(
    `with named as (
       select 'chargers' as resource, $1::text as id
       union all select 'connectors', id::text from connectors where charger_id = $1::int
       union all (select 'commands', id::text from commands where charger_id = $1::int
                   order by id desc limit 500)
     )
     select a.id, a.at, a.actor, a.role, a.action, a.resource, a.before, a.after, a.result, a.reason
       from named n join audit_log a on a.resource = n.resource and a.resource_id = n.id
      where $2::int is null or a.id < $2
      order by a.id desc limit $3`,
    [chargerId, options.before, options.limit],
  )
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

/** The people, groups and cards a record names by their ids, as a change of it is written down. */
export type NamedIds = {
  approvedDrivers: number[]
  approvedFleets: number[]
  approvedCards: number[]
}
export type Names = Record<keyof NamedIds, Record<string, string>>

/** `readNames`: those inside the viewer's scopes; the others stay numbers. A card is named by its label. */
export async function readNames(
  sql: Sql,
  ids: NamedIds,
  scopes: { drivers: Scope; fleets: Scope; cards: Scope },
): Promise<Names> {
  const values: unknown[] = [ids.approvedDrivers, ids.approvedFleets, ids.approvedCards]
  const map = (table: string, name: string, place: number, scope: Scope) => `(
    select coalesce(json_object_agg(k.id, ${name}), '{}') from ${table} k
     where k.id = any($${place}::int[]) and ${scopeSql(scope, { charger: null, site: 'k.site_id' }, values)})`
  const { rows } = await sql.query<{ names: Names }>(
    `select json_build_object(
       'approvedDrivers', ${map('drivers', 'k.name', 1, scopes.drivers)},
       'approvedFleets', ${map('fleets', 'k.name', 2, scopes.fleets)},
       'approvedCards', ${map('rfid_cards', `coalesce(nullif(k.label, ''), 'card no. ' || k.id)`, 3, scopes.cards)}) as names`,
    values,
  )
  return rows[0]!.names
}

export type Approved = { id: number; name: string; detail: string | null }

export type ChargerAccess = {
  id: number
  name: string
  visibility: 'public' | 'private'
  drivers: Approved[]
  fleets: Approved[]
  cards: Approved[]
}

/**
 * `readChargerAccess`: the mode and whom a private charger names. Who is outside the viewer's own scope of drivers,
 * fleets or cards is a number; card numbers are shown as far as `cardDetails` goes.
 */
export async function readChargerAccess(
  sql: Sql,
  chargerId: number,
  scopes: { drivers: Scope; fleets: Scope; cards: Scope; cardDetails: Scope },
): Promise<ChargerAccess | null> {
  const values: unknown[] = [chargerId]
  const inside = (scope: Scope) => scopeSql(scope, { charger: null, site: 'k.site_id' }, values)
  const list = (what: string, table: string, scope: Scope, name: string, detail: string) => {
    const isSeen = inside(scope)
    return `coalesce((select json_agg(json_build_object('id', k.id, 'name', case when ${isSeen} then ${name} else 'No. ' || k.id end,
                               'detail', case when ${isSeen} then ${detail} end) order by r."order", k.id)
      from chargers_rels r join ${table} k on k.id = r.${table}_id
     where r.parent_id = ch.id and r.path = '${what}'), '[]')`
  }
  const uid = `case when ${inside(scopes.cardDetails)} then k.uid when length(k.uid) <= 4 then '••••' else '••••' || right(k.uid, 4) end`
  const holder = `nullif(concat_ws(' · ', nullif(k.label, ''), (select d.name from drivers d where d.id = k.driver_id)), '')`
  const { rows } = await sql.query<{ access: ChargerAccess }>(
    `select json_build_object('id', ch.id, 'name', ch.name, 'visibility', ch.visibility,
       'drivers', ${list('approvedDrivers', 'drivers', scopes.drivers, 'k.name', 'k.email')},
       'fleets', ${list('approvedFleets', 'fleets', scopes.fleets, 'k.name', 'null')},
       'cards', ${list('approvedCards', 'rfid_cards', scopes.cards, uid, holder)}) as access
       from chargers ch where ch.id = $1`,
    values,
  )
  return rows[0]?.access ?? null
}
