import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type MemberKind = 'drivers' | 'fleets' | 'rfid-cards'
export type PriceGroupMembers = Record<
  MemberKind,
  { count: number; some: { id: number; name: string }[] }
>

const shown = 50

/**
 * `readPriceGroupMembers`: the drivers, fleets and cards that name the group themselves, as far as they are in sight: how many,
 * and the first of them. A card without a label is named by its UID where `cardDetails` shows it whole.
 * Indexes: drivers_price_group_idx, fleets_price_group_idx, rfid_cards_price_group_idx.
 */
export async function readPriceGroupMembers(
  sql: Sql,
  groupId: number,
  scopes: Record<MemberKind, Scope> & { cardDetails: Scope },
): Promise<PriceGroupMembers> {
  const values: unknown[] = [groupId]
  const inside = (scope: Scope) => scopeSql(scope, { charger: null, site: 'x.site_id' }, values)
  const part = (table: string, name: string, scope: Scope) =>
    `(select json_build_object('count', count(*), 'some', coalesce(json_agg(json_build_object('id', id, 'name', name) order by name, id)
        filter (where n <= ${shown}), '[]'))
        from (select x.id, ${name} as name, row_number() over (order by ${name}, x.id) n
                from ${table} x where x.price_group_id = $1 and ${inside(scope)}) m)`
  const uid = `case when ${inside(scopes.cardDetails)} then x.uid when length(x.uid) > 4 then '••••' || right(x.uid, 4) else '••••' end`
  const { rows } = await sql.query<PriceGroupMembers>(
    `select ${part('drivers', 'x.name', scopes.drivers)} drivers, ${part('fleets', 'x.name', scopes.fleets)} fleets,
            ${part('rfid_cards', `coalesce(nullif(x.label, ''), ${uid})`, scopes['rfid-cards'])} "rfid-cards"`,
    values,
  )
  return rows[0]!
}
