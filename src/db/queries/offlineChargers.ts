import type { Sql } from '../pool'

export type LostCharger = { chargerId: number; siteId: number | null; lostAt: Date }

/**
 * `releaseLostChargers`: chargers whose socket was held by a process that is gone (its row in `telemetry.instances` is
 * older than `staleSeconds`, or missing) are not connected any more, since the last sign of that process. Rows that a
 * writer holds are left for the next turn: waiting for them while holding others is how deadlocks are made. The caller
 * rolls the chargers up in the same transaction.
 */
export async function releaseLostChargers(
  sql: Sql,
  options: { staleSeconds: number; now: Date },
): Promise<LostCharger[]> {
  const { rows } = await sql.query<LostCharger>(
    `with lost as (
       select c.charger_id, coalesce(i.seen_at, c.connected_at) as lost_at
         from telemetry.connections c
         join chargers ch on ch.id = c.charger_id
         join charger_states st on st.id = ch.state_id
         left join telemetry.instances i on i.id = c.instance
        where c.disconnected_at is null
          and (i.id is null or i.seen_at < $1::timestamptz - make_interval(secs => $2))
        order by c.charger_id
          for update of c, st skip locked
     ), gone as (
       update telemetry.connections c set disconnected_at = greatest(lost.lost_at, c.connected_at)
         from lost where c.charger_id = lost.charger_id
       returning c.charger_id, c.disconnected_at
     ), states as (
       update charger_states st set connected = false, disconnected_at = gone.disconnected_at, updated_at = $1
         from gone join chargers ch on ch.id = gone.charger_id
        where st.id = ch.state_id and st.connected
     )
     insert into telemetry.events (at, kind, charger_id, site_id, body)
     select $1, 'charger.disconnected', ch.id, ch.site_id,
            jsonb_build_object('reason', 'server-lost', 'since', gone.disconnected_at)
       from gone join chargers ch on ch.id = gone.charger_id
     returning charger_id as "chargerId", site_id as "siteId", at as "lostAt"`,
    [options.now, options.staleSeconds],
  )
  return rows
}

/** `forgetInstances`: rows of processes that have been gone for a minute and hold nothing. */
export async function forgetInstances(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `delete from telemetry.instances i where seen_at < $1::timestamptz - interval '1 minute'
        and not exists (select from telemetry.connections c where c.instance = i.id and c.disconnected_at is null)`,
    [now],
  )
}
