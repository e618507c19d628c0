import type { Sql } from '../pool'

export type UnmeasuredSession = {
  id: number
  chargerId: number
  startedAt: Date
  stoppedAt: Date
  meterStartWh: number | null
  energyWh: number | null
  maxPowerW: number | null
}

/**
 * `claimUnmeasured`: ended sessions whose charging time is not known, locked for this transaction; those that wait for
 * their price come when they have it, because only then their energy is final. Index: sessions_unmeasured.
 */
export async function claimUnmeasured(sql: Sql, limit: number): Promise<UnmeasuredSession[]> {
  const { rows } = await sql.query<UnmeasuredSession>(
    `select s.id, s.charger_id "chargerId", s.started_at "startedAt", s.stopped_at "stoppedAt",
            s.meter_start_wh "meterStartWh", s.energy_wh "energyWh",
            (select cn.max_power_w from connectors cn where cn.id = s.connector_id) "maxPowerW"
       from sessions s
      where s.stopped_at is not null and s.charging_seconds is null
        and (s.priced_at is not null or s.status <> 'ended')
      order by s.id limit $1 for update of s skip locked`,
    [limit],
  )
  return rows
}

export async function setChargingSeconds(
  sql: Sql,
  rows: readonly { id: number; chargingSeconds: number }[],
): Promise<void> {
  await sql.query(
    `update sessions s set charging_seconds = u.seconds, updated_at = now()
       from unnest($1::int[], $2::int[]) u (id, seconds) where s.id = u.id`,
    [rows.map(({ id }) => id), rows.map(({ chargingSeconds }) => chargingSeconds)],
  )
}
