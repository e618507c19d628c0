import type { Sql } from '../../pool'

export type ChargeForNews = {
  driverId: number
  driverPublicId: string
  name: string
  email: string
  wishes: Record<string, unknown>
  devices: { id: string; platform: string; pushToken: string }[]
  /** What the app knows the charge by. */
  chargeId: string
  number: number | null
  charger: string
  site: string
  timezone: string
  energyWh: number | null
  costMinor: number | null
  taxMinor: number | null
  currency: string | null
  startedAt: Date
  stoppedAt: Date | null
  stopReason: string | null
  stopCause: string | null
  isInReview: boolean
}

/** `readChargeForNews`: a session of somebody who uses the app; null for every other. */
export async function readChargeForNews(
  sql: Sql,
  sessionId: number,
): Promise<ChargeForNews | null> {
  const { rows } = await sql.query<ChargeForNews>(
    `select d.id as "driverId", d.public_id as "driverPublicId", d.name, d.email, cr.notify as wishes,
            coalesce((select json_agg(json_build_object('id', device_id, 'platform', platform, 'pushToken', push_token) order by device_id)
                        from app.devices where driver_id = d.id), '[]') as devices,
            coalesce(st.public_id, s.public_id) as "chargeId", s.transaction_id as number,
            case when lower(ch.name) = lower(ch.identity) then 'Charger ' || ch.id else ch.name end as charger,
            si.name as site, coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London') as timezone,
            t.final_wh as "energyWh", t.final_minor as "costMinor", t.final_tax_minor as "taxMinor",
            s.currency, s.started_at as "startedAt", s.stopped_at as "stoppedAt", s.stop_reason as "stopReason",
            st.stop_cause as "stopCause", s.status = 'needs-review' as "isInReview"
       from sessions s join drivers d on d.id = s.driver_id
       join app.credentials cr on cr.driver_id = d.id and cr.password_hash is not null
       join chargers ch on ch.id = s.charger_id join sites si on si.id = ch.site_id
       left join app.starts st on st.id_tag = upper(s.id_tag) and st.driver_id = s.driver_id
       left join telemetry.session_totals t on t.session_id = s.id
      where s.id = $1 and d.status = 'active' and not coalesce(d.is_guest, false)`,
    [sessionId],
  )
  return rows[0] ?? null
}
