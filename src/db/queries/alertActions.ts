import type { Sql } from '../pool'

export type AlertPlace = {
  id: number
  status: string
  kind: string
  severity: 'urgent' | 'fault' | 'notice'
  title: string
  count: number
  chargerId: number | null
  siteId: number | null
  regionId: number | null
  connectorId: number | null
  assignedToId: number | null
}

/** `holdAlert`: one alert and where it is, held until the transaction ends; null where there is none. */
export async function holdAlert(sql: Sql, id: number): Promise<AlertPlace | null> {
  const { rows } = await sql.query<AlertPlace>(
    `select a.id, a.status, a.kind, a.severity, a.title, coalesce(a.count, 1) as count, a.charger_id as "chargerId",
            coalesce(ch.site_id, a.site_id) as "siteId", si.region_id as "regionId",
            a.connector_id as "connectorId", a.assigned_to_id as "assignedToId"
       from alerts a
       left join chargers ch on ch.id = a.charger_id
       left join sites si on si.id = coalesce(ch.site_id, a.site_id)
      where a.id = $1 for update of a`,
    [id],
  )
  return rows[0] ?? null
}

export type AlertAction = 'acknowledge' | 'assign' | 'resolve' | 'note'

/** `writeAlertAction`: the change and its line in the alert's own history. */
export async function writeAlertAction(
  sql: Sql,
  change: {
    id: number
    action: AlertAction
    userId: number
    /** Of `assign`: to whom; null: to nobody. */
    assignee?: number | null
    note: string | null
    now: Date
  },
): Promise<void> {
  const { id, action, userId, now } = change
  if (action === 'acknowledge')
    await sql.query(
      `update alerts set status = 'acknowledged', acknowledged_at = $2, acknowledged_by_id = $3,
              assigned_to_id = coalesce(assigned_to_id, $3), updated_at = $2 where id = $1`,
      [id, now, userId],
    )
  if (action === 'assign')
    await sql.query('update alerts set assigned_to_id = $3, updated_at = $2 where id = $1', [
      id,
      now,
      change.assignee ?? null,
    ])
  if (action === 'resolve')
    await sql.query(
      `update alerts set status = 'resolved', resolved_at = $2, resolved_by_id = $3, auto_resolved = false,
              updated_at = $2 where id = $1`,
      [id, now, userId],
    )
  const words = {
    acknowledge: 'acknowledged',
    assign: 'assigned',
    resolve: 'resolved',
    note: 'note',
  } as const
  const to =
    action === 'assign' && change.assignee
      ? await nameOf(sql, change.assignee)
      : action === 'assign'
        ? 'nobody'
        : null
  const note = [to && `To ${to}.`, change.note].filter(Boolean).join(' ') || null
  await sql.query(
    `insert into telemetry.alert_log (alert_id, at, user_id, action, note) values ($1, $2, $3, $4, $5)`,
    [id, now, userId, words[action], note],
  )
}

async function nameOf(sql: Sql, userId: number): Promise<string> {
  const { rows } = await sql.query<{ name: string | null; email: string }>(
    'select name, email from users where id = $1',
    [userId],
  )
  return rows[0]?.name || rows[0]?.email || 'somebody'
}

export async function readBellSeenAt(sql: Sql, userId: number): Promise<Date | null> {
  const { rows } = await sql.query<{ at: Date }>(
    'select seen_at as at from telemetry.alert_reads where user_id = $1',
    [userId],
  )
  return rows[0]?.at ?? null
}

export async function setBellSeen(sql: Sql, userId: number, now: Date): Promise<void> {
  await sql.query(
    `insert into telemetry.alert_reads (user_id, seen_at) values ($1, $2)
     on conflict (user_id) do update set seen_at = greatest(alert_reads.seen_at, excluded.seen_at)`,
    [userId, now],
  )
}
