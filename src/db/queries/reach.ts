import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'

type SomeScope = Extract<Scope, { kind: 'some' }>

async function idsOf(sql: Sql, text: string, scope: SomeScope): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(text, [
    scope.siteIds,
    scope.regionIds,
    scope.chargerIds,
  ])
  return rows.map((row) => row.id)
}

// $1 sites, $2 regions, $3 chargers: one shape for all, so that each statement stands alone
const ownSites = `own as (select id, region_id, operator_id, owner_id, tariff_id from sites
   where id = any($1::int[]) or region_id = any($2::int[]))`
const seenSites = `${ownSites}, seen as (select * from own union
   select s.id, s.region_id, s.operator_id, s.owner_id, s.tariff_id
     from sites s join chargers c on c.site_id = s.id where c.id = any($3::int[]))`

/** Sites that the scope names, by themselves or by their region: what happens there is inside. */
export const readOwnSites = (sql: Sql, scope: SomeScope): Promise<number[]> =>
  idsOf(sql, `with ${ownSites} select id from own where cardinality($3::int[]) >= 0`, scope)

/** The same and the sites where single chargers of the scope stand: their record may be read. */
export const readSeenSites = (sql: Sql, scope: SomeScope): Promise<number[]> =>
  idsOf(sql, `with ${seenSites} select id from seen`, scope)

/** Regions that the scope names, and those its sites lie in. */
export const readSeenRegions = (sql: Sql, scope: SomeScope): Promise<number[]> =>
  idsOf(
    sql,
    `with ${seenSites} select id from regions where id = any($2::int[])
     union select region_id from seen where region_id is not null`,
    scope,
  )

/** Operators and owners of the sites in sight. */
export const readSeenOrganisations = (sql: Sql, scope: SomeScope): Promise<number[]> =>
  idsOf(
    sql,
    `with ${seenSites} select operator_id as id from seen where operator_id is not null
     union select owner_id from seen where owner_id is not null`,
    scope,
  )

/** Tariffs that hold somewhere in the scope, the default one among them. */
export const readSeenTariffs = (sql: Sql, scope: SomeScope): Promise<number[]> =>
  idsOf(
    sql,
    `with ${seenSites}, inside as (
       select id, tariff_id from chargers where site_id in (select id from own) or id = any($3::int[]))
     select tariff_id as id from seen where tariff_id is not null
     union select tariff_id from inside where tariff_id is not null
     union select k.tariff_id from connectors k join inside i on i.id = k.charger_id where k.tariff_id is not null
     union select default_tariff_id from settings where default_tariff_id is not null`,
    scope,
  )

/** Firmware updates that touch a charger inside the scope. */
export const readSeenFirmwareUpdates = (sql: Sql, scope: SomeScope): Promise<number[]> =>
  idsOf(
    sql,
    `with ${ownSites}
     select distinct t.campaign_id as id from telemetry.firmware_targets t join chargers c on c.id = t.charger_id
      where c.id = any($3::int[]) or c.site_id in (select id from own)`,
    scope,
  )

/** People who were given something inside the scope; a grant for the whole network is not inside. */
export const readSeenUsers = (sql: Sql, scope: SomeScope): Promise<number[]> =>
  idsOf(
    sql,
    `with ${ownSites}
     select distinct g.user_id as id from grants g join grants_rels r on r.parent_id = g.id
      where (g.scope = 'sites' and r.sites_id in (select id from own))
         or (g.scope = 'regions' and r.regions_id = any($2::int[]))
         or (g.scope = 'chargers' and (r.chargers_id = any($3::int[])
             or r.chargers_id in (select c.id from chargers c join own on own.id = c.site_id)))`,
    scope,
  )
