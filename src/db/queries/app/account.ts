import type { Sql } from '../../pool'

export async function updateOwn(
  sql: Sql,
  driverId: number,
  change: { name?: string; phone?: string | null },
): Promise<void> {
  await sql.query(
    `update drivers set name = coalesce($2, name), phone = case when $3 then $4 else phone end, updated_at = now()
      where id = $1`,
    [driverId, change.name ?? null, change.phone !== undefined, change.phone ?? null],
  )
}

export async function putDevice(
  sql: Sql,
  driverId: number,
  device: { deviceId: string; platform: string; pushToken: string },
): Promise<void> {
  await sql.query(
    `insert into app.devices (driver_id, device_id, platform, push_token) values ($1, $2, $3, $4)
     on conflict (driver_id, device_id) do update
       set platform = excluded.platform, push_token = excluded.push_token, updated_at = now()`,
    [driverId, device.deviceId, device.platform, device.pushToken],
  )
}

export async function dropDevice(sql: Sql, driverId: number, deviceId: string): Promise<void> {
  await sql.query('delete from app.devices where driver_id = $1 and device_id = $2', [
    driverId,
    deviceId,
  ])
}

export async function readNotify(sql: Sql, driverId: number): Promise<Record<string, unknown>> {
  const { rows } = await sql.query<{ notify: Record<string, unknown> }>(
    'select notify from app.credentials where driver_id = $1',
    [driverId],
  )
  return rows[0]?.notify ?? {}
}

export async function writeNotify(sql: Sql, driverId: number, notify: unknown): Promise<void> {
  await sql.query(
    `insert into app.credentials (driver_id, notify) values ($1, $2)
     on conflict (driver_id) do update set notify = excluded.notify`,
    [driverId, JSON.stringify(notify)],
  )
}

export async function hasRunningCharge(sql: Sql, driverId: number): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from sessions where driver_id = $1 and stopped_at is null and started_at > now() - interval '30 days'
     union all
     select from app.starts st join commands c on c.id = st.command_id where st.driver_id = $1 and not c.is_final limit 1`,
    [driverId],
  )
  return (rowCount ?? 0) > 0
}

/**
 * `eraseDriver`: what is known of a person goes; what the accounts need (energy, times, amounts) stays without a name.
 * Cards of his are blocked and lose their label; money left in the wallet is the operator's to pay out.
 */
export async function eraseDriver(sql: Sql, driverId: number): Promise<void> {
  await sql.query(
    `update drivers set name = 'Erased driver', email = 'erased-' || public_id || '@erased.invalid', phone = null, note = null,
            status = 'suspended', fleet_id = null, updated_at = now() where id = $1`,
    [driverId],
  )
  await sql.query(
    `update rfid_cards set status = 'blocked', label = null, driver_id = null, updated_at = now() where driver_id = $1`,
    [driverId],
  )
  await sql.query(
    `update vehicles set driver_id = null, name = null, updated_at = now(),
            registration = case when fleet_id is null then 'erased ' || public_id else registration end where driver_id = $1`,
    [driverId],
  )
  for (const table of [
    'sign_ins',
    'codes',
    'devices',
    'favourites',
    'credentials',
    'payment_methods',
    'idempotency_keys',
  ])
    await sql.query(`delete from app.${table} where driver_id = $1`, [driverId])
}

/** `exportOwn`: all that is kept of a driver, for him (GDPR article 15), but the sessions, which come page by page. */
export async function exportOwn(sql: Sql, driverId: number): Promise<unknown> {
  const { rows } = await sql.query<{ data: unknown }>(
    `select json_build_object(
       'driver', (select json_build_object('id', public_id, 'name', name, 'email', email, 'phone', phone, 'createdAt', created_at)
                    from drivers where id = $1),
       'vehicles', coalesce((select json_agg(json_build_object('registration', registration, 'name', name)) from vehicles where driver_id = $1), '[]'),
       'cards', coalesce((select json_agg(json_build_object('label', label, 'lastFour', right(uid, 4), 'status', status)) from rfid_cards where driver_id = $1), '[]'),
       'favourites', coalesce((select json_agg(si.name) from app.favourites f join sites si on si.id = f.site_id where f.driver_id = $1), '[]'),
       'devices', coalesce((select json_agg(json_build_object('id', device_id, 'platform', platform, 'updatedAt', updated_at)) from app.devices where driver_id = $1), '[]'),
       'tickets', coalesce((select json_agg(json_build_object('number', number, 'subject', subject, 'createdAt', created_at)) from tickets where driver_id = $1 and reporter_id is null), '[]'),
       'paymentMethods', coalesce((select json_agg(json_build_object('brand', brand, 'lastFour', last4, 'expires', expires)) from app.payment_methods where driver_id = $1), '[]'),
       'cardPayments', coalesce((select json_agg(json_build_object('purpose', purpose, 'amountMinor', amount_minor, 'capturedMinor', captured_minor, 'refundedMinor', refunded_minor, 'currency', currency, 'status', status, 'at', created_at) order by id) from app.payments where driver_id = $1), '[]'),
       'wallet', coalesce((select json_agg(json_build_object('kind', kind, 'amountMinor', amount_minor, 'currency', currency, 'at', at) order by id) from app.entries where driver_id = $1), '[]'),
       'sessions', coalesce((select json_agg(json_build_object('number', s.transaction_id, 'charger', ch.name, 'startedAt', s.started_at,
                                'stoppedAt', s.stopped_at, 'energyWh', s.energy_wh, 'costMinor', s.cost_minor, 'currency', s.currency) order by s.started_at)
                     from (select * from sessions where driver_id = $1 order by started_at desc limit 10000) s join chargers ch on ch.id = s.charger_id), '[]')
     ) as data`,
    [driverId],
  )
  return rows[0]?.data
}

export type Period = {
  start: Date
  energyWh: number
  count: number
  costMinor: number | null
  currency: string | null
  seconds: number
}

/** `statistics`: by day, week or month of a zone, newest last. Index: sessions_driver_idx. */
export async function statistics(
  sql: Sql,
  driverId: number,
  of: { unit: 'day' | 'week' | 'month'; from: Date; to: Date; zone: string },
): Promise<Period[]> {
  const { rows } = await sql.query<Period>(
    `select date_trunc($2, started_at, $5) as start, sum(coalesce(energy_wh, 0))::bigint as "energyWh", count(*)::int as count,
            sum(cost_minor)::bigint as "costMinor", currency, sum(coalesce(duration_seconds, 0))::bigint as seconds
       from sessions where driver_id = $1 and stopped_at is not null and started_at >= $3 and started_at < $4
      group by 1, currency order by 1, currency`,
    [driverId, of.unit, of.from, of.to, of.zone],
  )
  return rows
}
