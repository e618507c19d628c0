import type { Sql } from '../pool'

/**
 * `proveChargers`: each charger where energy flowed since `since` says when that was last; answers how many moved on.
 * Rows the chargers' own writer holds at this moment are left for the next turn, so that neither waits for the other.
 * Index: sessions (started_at).
 */
export async function proveChargers(
  sql: Sql,
  { since, now }: { since: Date; now: Date },
): Promise<number> {
  const { rowCount } = await sql.query(
    `with flowed as (
       select charger_id, max(least(coalesce(stopped_at, last_sample_at, started_at), $2)) as at
         from sessions where started_at >= $1 and energy_wh > 0 group by charger_id
     ), behind as (
       select st.id, flowed.at
         from flowed join chargers ch on ch.id = flowed.charger_id join charger_states st on st.id = ch.state_id
        where st.last_proven_at is null or st.last_proven_at < flowed.at - interval '1 minute'
        order by st.id for update of st skip locked
     )
     update charger_states st set last_proven_at = behind.at, updated_at = $2 from behind where st.id = behind.id`,
    [since, now],
  )
  return rowCount ?? 0
}
