/** Price groups, fleets and what lies in them: before the sessions, which are priced by them. */
import type { Sql } from '@/db/pool'
import { publicId } from '@/platform/ids'
import type { Ids } from './demoInsert'
import { demoFleets, demoGroups } from './demoMoney'
import { demoNote } from './demoNetwork'

/** By name. One of the same name that was there before is taken as it is. */
export async function insertGroups(sql: Sql, tariffs: Ids): Promise<Ids> {
  const ids: Ids = new Map()
  for (const group of demoGroups) {
    const { rows } = await sql.query<{ id: number }>(
      `with made as (
         insert into price_groups (name, pricing, tariff_id, discount_basis_points, note)
         values ($1, $2, $3, $4, $5) on conflict (name) do nothing returning id
       ), places as (
         insert into price_groups_rels (parent_id, path, "order", sites_id)
         select made.id, 'sites', row_number() over (order by s.name), s.id
           from made, sites s where s.name = any($6::text[]) and s.note = $5
       )
       select id from made union all select id from price_groups where name = $1`,
      [
        group.name,
        group.pricing,
        group.tariff ? tariffs.get(group.tariff) : null,
        group.discountBasisPoints ?? null,
        demoNote,
        group.sites,
      ],
    )
    ids.set(group.name, rows[0]!.id)
  }
  return ids
}

/** Vehicles by registration. */
export async function insertFleets(sql: Sql, groups: Ids): Promise<Ids> {
  const vehicles: Ids = new Map()
  for (const fleet of demoFleets) {
    const { rows } = await sql.query<{ id: number; registration: string }>(
      `with fleet as (
         insert into fleets (name, contact_email, price_group_id, public_id, note) values ($1, $2, $3, $4, $5) returning id
       )
       insert into vehicles (registration, name, fleet_id, public_id, note)
       select x.registration, x.name, fleet.id, md5(random()::text || x.registration), $5
         from fleet, jsonb_to_recordset($6::jsonb) x(registration text, name text) returning id, registration`,
      [
        fleet.name,
        fleet.email,
        fleet.group ? groups.get(fleet.group) : null,
        publicId(),
        demoNote,
        JSON.stringify(fleet.vehicles),
      ],
    )
    for (const { id, registration } of rows) vehicles.set(registration, id)
  }
  return vehicles
}
