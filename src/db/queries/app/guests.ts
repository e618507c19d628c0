import type { Sql } from '../../pool'
import type { SignedInDriver } from './signIns'

/**
 * `insertGuest`: somebody who charges once: a driver without a name, an address or a password, so that whatever holds for
 * drivers (scope, money, receipts) holds for him.
 */
export async function insertGuest(sql: Sql, siteId: number): Promise<SignedInDriver> {
  const { rows } = await sql.query<Omit<SignedInDriver, 'signInId'>>(
    `insert into drivers as d (name, email, status, is_guest, site_id)
     values ('Guest', 'guest-' || gen_random_uuid() || '@guest.invalid', 'active', true, $1)
     returning d.id, d.public_id as "publicId", d.name, d.email, d.phone, d.fleet_id as "fleetId", true as "isGuest"`,
    [siteId],
  )
  return { ...rows[0]!, signInId: 0 }
}
