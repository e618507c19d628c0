import { jsonText } from '../arrays'
import type { Sql } from '../pool'
import type { EventRow } from './readEvents'

export type WebhookRow = { id: number; siteId: number | null; events: string[] }

/** Webhooks that are switched on, with what they want to hear. */
export async function readWebhooks(sql: Sql): Promise<WebhookRow[]> {
  const { rows } = await sql.query<WebhookRow>(
    `select w.id, w.site_id as "siteId", coalesce(array_agg(e.value::text) filter (where e.value is not null), '{}') as events
       from webhooks w left join webhooks_events e on e.parent_id = w.id
      where w.active group by w.id`,
  )
  return rows
}

/** Names of places, for whoever reads the message without our database. */
export async function readNames(
  sql: Sql,
  of: { chargerIds: readonly number[]; siteIds: readonly number[] },
): Promise<{ chargers: Map<number, string>; sites: Map<number, string> }> {
  const { rows } = await sql.query<{ is_site: boolean; id: number; name: string }>(
    `select false as is_site, id, name from chargers where id = any($1::int[])
     union all select true, id, name from sites where id = any($2::int[])`,
    [of.chargerIds, of.siteIds],
  )
  const named = (isSite: boolean) =>
    new Map(rows.filter((row) => row.is_site === isSite).map((row) => [row.id, row.name]))
  return { chargers: named(false), sites: named(true) }
}

export type NewDelivery = {
  webhookId: number
  event: EventRow
  /** Where one event makes more than one message. */
  key?: string
  kind: string
  body: object
}

/** `insertDeliveries`: one for each webhook and event, however often it is asked for. */
export async function insertDeliveries(
  sql: Sql,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return
  await sql.query(
    `insert into telemetry.webhook_deliveries (webhook_id, key, kind, body)
     select x.webhook_id, x.key, x.kind, x.body
       from jsonb_to_recordset($1::jsonb) as x(webhook_id int, key text, kind text, body jsonb)
     on conflict (webhook_id, key) do nothing`,
    [
      jsonText(
        deliveries.map(({ webhookId, event, key, kind, body }) => ({
          webhook_id: webhookId,
          key: key ?? `event/${event.id}`,
          kind,
          body,
        })),
      ),
    ],
  )
}

/** Webhooks that have something to send now, each once. Index: webhook_deliveries_due. */
export async function readDueWebhooks(sql: Sql, now: Date, limit: number): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    `select webhook_id as id from telemetry.webhook_deliveries
      where delivered_at is null and failed_at is null and next_try_at <= $1
      group by webhook_id order by min(next_try_at) limit $2`,
    [now, limit],
  )
  return rows.map((row) => row.id)
}

export type DeliveryRow = {
  id: number
  key: string
  kind: string
  body: unknown
  createdAt: Date
  tries: number
  url: string
  /** Sealed. */
  secret: string
  isActive: boolean
}

/** `claimDelivery`: the oldest of one webhook that is due, for one worker for `leaseSeconds`. */
export async function claimDelivery(
  sql: Sql,
  webhookId: number,
  options: { now: Date; leaseSeconds: number },
): Promise<DeliveryRow | null> {
  const { rows } = await sql.query<DeliveryRow>(
    `with taken as (
       update telemetry.webhook_deliveries
          set tries = tries + 1, next_try_at = $2::timestamptz + make_interval(secs => $3)
        where id = (select id from telemetry.webhook_deliveries
                     where webhook_id = $1 and delivered_at is null and failed_at is null and next_try_at <= $2
                     order by id limit 1 for update skip locked)
       returning *)
     select t.id, t.key, t.kind, t.body, t.created_at as "createdAt", t.tries, w.url, w.secret,
            coalesce(w.active, false) as "isActive"
       from taken t join webhooks w on w.id = t.webhook_id`,
    [webhookId, options.now, options.leaseSeconds],
  )
  return rows[0] ?? null
}

export type DeliveryOutcome =
  | { kind: 'delivered'; status: number }
  | { kind: 'later'; status: number | null; error: string; nextTryAt: Date }
  | { kind: 'failed'; status: number | null; error: string }

export async function settleDelivery(
  sql: Sql,
  id: number,
  outcome: DeliveryOutcome,
  now: Date,
): Promise<void> {
  await sql.query(
    `update telemetry.webhook_deliveries
        set delivered_at = case when $2 = 'delivered' then $3::timestamptz end,
            failed_at = case when $2 = 'failed' then $3::timestamptz end,
            next_try_at = coalesce($4, next_try_at), response_status = $5, last_error = $6
      where id = $1`,
    [
      id,
      outcome.kind,
      now,
      outcome.kind === 'later' ? outcome.nextTryAt : null,
      outcome.status,
      outcome.kind === 'delivered' ? null : outcome.error,
    ],
  )
}

/** `postponeOthers`: what waits behind a failure waits as long: a receiver that is down is asked once, not a thousand times. */
export async function postponeOthers(sql: Sql, webhookId: number, until: Date): Promise<void> {
  await sql.query(
    `update telemetry.webhook_deliveries set next_try_at = $2
      where webhook_id = $1 and delivered_at is null and failed_at is null and next_try_at < $2`,
    [webhookId, until],
  )
}

export async function pruneDeliveries(sql: Sql, before: Date): Promise<void> {
  await sql.query(
    `delete from telemetry.webhook_deliveries
      where (delivered_at is not null or failed_at is not null) and created_at < $1`,
    [before],
  )
}

export type DeliveryBoard = {
  id: number
  kind: string
  createdAt: string
  tries: number
  deliveredAt: string | null
  failedAt: string | null
  nextTryAt: string | null
  status: number | null
  error: string | null
  body: string
}

/** What was sent to one webhook of late, the newest first. */
export async function readDeliveries(
  sql: Sql,
  webhookId: number,
  limit: number,
): Promise<DeliveryBoard[]> {
  const { rows } = await sql.query<{ deliveries: DeliveryBoard[] }>(
    `select coalesce(json_agg(d), '[]') as deliveries from (
       select id, kind, created_at as "createdAt", tries, delivered_at as "deliveredAt", failed_at as "failedAt",
              case when delivered_at is null and failed_at is null then next_try_at end as "nextTryAt",
              response_status as status, last_error as error, body::text as body
         from telemetry.webhook_deliveries where webhook_id = $1 order by id desc limit $2) d`,
    [webhookId, limit],
  )
  return rows[0]?.deliveries ?? []
}

/** `redeliver`: sends one again, now; false where there is none. */
export async function redeliver(
  sql: Sql,
  of: { webhookId: number; id: number; now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update telemetry.webhook_deliveries
        set delivered_at = null, failed_at = null, tries = 0, next_try_at = $3, last_error = null
      where webhook_id = $1 and id = $2`,
    [of.webhookId, of.id, of.now],
  )
  return rowCount === 1
}

/** `insertTestDelivery`: a message that only says that it arrives; false where there is no such webhook. */
export async function insertTestDelivery(
  sql: Sql,
  of: { webhookId: number; now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into telemetry.webhook_deliveries (webhook_id, key, kind, body)
     select id, 'test/' || $2::text, 'test', jsonb_build_object('id', null, 'type', 'test', 'at', $2::text, 'charger', null,
              'site', null, 'session', null, 'data', jsonb_build_object('message', 'This is a test.'))
       from webhooks where id = $1`,
    [of.webhookId, of.now.toISOString()],
  )
  return rowCount === 1
}

/** As it lies in its row; null where there is none. */
export async function readSealedSecret(sql: Sql, id: number): Promise<string | null> {
  const { rows } = await sql.query<{ secret: string | null }>(
    'select secret from webhooks where id = $1',
    [id],
  )
  return rows[0]?.secret ?? null
}
