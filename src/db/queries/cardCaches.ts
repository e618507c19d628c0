import type { Sql } from '../pool'
import { keepsListSql } from './localLists'

/**
 * `chargersThatKnow`: connected chargers whose memory is kept in step (a setting, off by default) that took one of these cards within half a year and may have it in their
 * authorisation cache, the latest first, at most `limit`. Index: sessions_card_idx.
 */
export async function chargersThatKnow(
  sql: Sql,
  cardIds: readonly number[],
  limit: number,
): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    `select s.charger_id id from sessions s
       join telemetry.connections o on o.charger_id = s.charger_id and o.disconnected_at is null
       join chargers ch on ch.id = s.charger_id join sites si on si.id = ch.site_id
      where ${keepsListSql('ch', 'si')} and s.card_id = any($1::int[]) and s.started_at > now() - interval '180 days'
      group by s.charger_id order by max(s.started_at) desc limit $2`,
    [cardIds, limit],
  )
  return rows.map((row) => row.id)
}

/** `activeCardsOf`: the cards a driver could charge with. */
export async function activeCardsOf(sql: Sql, driverId: number): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    `select id from rfid_cards where driver_id = $1 and status = 'active'`,
    [driverId],
  )
  return rows.map(({ id }) => id)
}
