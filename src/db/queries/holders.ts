import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type HeldCard = {
  id: number
  uid: string
  label: string | null
  status: string
  isFull: boolean
}

const most = 200

/** `readCardsOf`: a driver's cards as far as they may be seen, newest first. Index: rfid_cards_driver_idx. */
export async function readCardsOf(
  sql: Sql,
  asked: { driverId: number; scope: Scope; full: Scope },
): Promise<HeldCard[]> {
  const values: unknown[] = [asked.driverId]
  const place = { charger: null, site: 'c.site_id' }
  const full = scopeSql(asked.full, place, values)
  const { rows } = await sql.query<HeldCard>(
    `select c.id, c.uid, c.label, c.status::text, (${full}) "isFull" from rfid_cards c
      where c.driver_id = $1 and ${scopeSql(asked.scope, place, values)}
      order by c.id desc limit ${most}`,
    values,
  )
  return rows
}
