import type { CardPayment, PaymentStatus, PaymentWish } from '../../../domain/app/settlement'
import type { Sql } from '../../pool'

/** A payment by card as its provider knows it too; amounts in minor units. */
export type PaymentRow = CardPayment & {
  publicId: string
  driverId: number
  startId: number | null
  purpose: 'top-up' | 'charge'
  provider: string
  providerId: string | null
  currency: string
  failure: string | null
  clientSecret: string | null
  checkoutUrl: string | null
  wishMinor: number | null
  /** How often something was asked of the provider: with the wish, the key that makes a second asking the first again. */
  wishes: number
  tries: number
  createdAt: Date
}

const columns = `p.id, p.public_id as "publicId", p.driver_id as "driverId", p.start_id as "startId", p.purpose, p.provider,
  p.provider_id as "providerId", p.amount_minor as "amountMinor", p.captured_minor as "capturedMinor",
  p.refunded_minor as "refundedMinor", p.currency, p.status, p.failure, p.client_secret as "clientSecret",
  p.checkout_url as "checkoutUrl", p.wish, p.wish_minor as "wishMinor", p.wishes, p.tries, p.created_at as "createdAt"`

export type NewPayment = {
  driverId: number
  startId: number | null
  purpose: 'top-up' | 'charge'
  provider: string
  amountMinor: number
  currency: string
  methodId: number | null
  wish: Extract<PaymentWish, 'charge' | 'authorise' | 'checkout'>
  now: Date
}

export async function insertPayment(sql: Sql, row: NewPayment): Promise<PaymentRow> {
  const { rows } = await sql.query<PaymentRow>(
    `insert into app.payments as p (driver_id, start_id, purpose, provider, amount_minor, currency, method_id, wish, wishes,
                                    next_try_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9, $9) returning ${columns}`,
    [
      row.driverId,
      row.startId,
      row.purpose,
      row.provider,
      row.amountMinor,
      row.currency,
      row.methodId,
      row.wish,
      row.now,
    ],
  )
  return rows[0]!
}

/** `paymentsOfStart`: in the order they were made, locked where `isLocked`. Index: payments_start. */
export async function paymentsOfStart(sql: Sql, startId: number): Promise<PaymentRow[]> {
  const { rows } = await sql.query<PaymentRow>(
    `select ${columns} from app.payments p where p.start_id = $1 order by p.id for update`,
    [startId],
  )
  return rows
}

export async function findOwnPayment(
  sql: Sql,
  driverId: number,
  publicId: string,
): Promise<PaymentRow | null> {
  const { rows } = await sql.query<PaymentRow>(
    `select ${columns} from app.payments p where p.public_id = $2 and p.driver_id = $1`,
    [driverId, publicId],
  )
  return rows[0] ?? null
}

/** `lockPayment`: by our id, or by the provider's where it does not know ours. */
export async function lockPayment(
  sql: Sql,
  by: { publicId: string | null; providerId: string | null },
): Promise<PaymentRow | null> {
  const { rows } = await sql.query<PaymentRow>(
    `select ${columns} from app.payments p where p.public_id = $1 or p.provider_id = $2 order by p.id limit 1 for update`,
    [by.publicId, by.providerId],
  )
  return rows[0] ?? null
}

/** `askProvider`: one thing at a time; what is asked already stays. */
export async function askProvider(
  sql: Sql,
  paymentId: number,
  ask: { wish: 'capture' | 'cancel' | 'refund'; amountMinor: number | null; now: Date },
): Promise<void> {
  await sql.query(
    `update app.payments set wish = $2, wish_minor = $3, wishes = wishes + 1, tries = 0, next_try_at = $4, updated_at = $4
      where id = $1 and wish is null`,
    [paymentId, ask.wish, ask.amountMinor, ask.now],
  )
}

export type ClaimedPayment = PaymentRow & {
  wish: PaymentWish
  driverPublicId: string
  driverName: string
  /** Null for a guest, whose provider asks for it. */
  driverEmail: string | null
  customerId: string | null
  methodProviderId: string | null
  chargeId: string | null
  evseCode: string | null
}

/**
 * `claimWishes`: payments whose provider is to be asked. A claim holds for `leaseSeconds`: a worker that dies leaves it to
 * the next, which asks again with the same key. Index: payments_wishes.
 */
export async function claimWishes(
  sql: Sql,
  of: { provider: string; now: Date; leaseSeconds: number; limit: number },
): Promise<ClaimedPayment[]> {
  const { rows } = await sql.query<ClaimedPayment>(
    `with due as (
       select id from app.payments where wish is not null and next_try_at <= $2 and provider = $1
        order by next_try_at limit $4 for update skip locked
     ), p as (
       update app.payments set tries = tries + 1, next_try_at = $2::timestamptz + make_interval(secs => $3)
        where id in (select id from due) returning *)
     select ${columns}, d.public_id as "driverPublicId", d.name as "driverName",
            case when d.is_guest then null else d.email end as "driverEmail", c.provider_id as "customerId",
            m.provider_id as "methodProviderId", st.public_id as "chargeId", cn.code as "evseCode"
       from p join drivers d on d.id = p.driver_id
       left join app.provider_customers c on c.driver_id = p.driver_id and c.provider = p.provider
       left join app.payment_methods m on m.id = p.method_id and m.driver_id = p.driver_id
       left join app.starts st on st.id = p.start_id
       left join connectors cn on cn.id = st.connector_id`,
    [of.provider, of.now, of.leaseSeconds, of.limit],
  )
  return rows
}

export async function tryAgainAt(sql: Sql, paymentId: number, at: Date): Promise<void> {
  await sql.query('update app.payments set next_try_at = $2 where id = $1 and wish is not null', [
    paymentId,
    at,
  ])
}

export type PaymentNews = {
  status: PaymentStatus
  providerId: string | null
  capturedMinor: number
  refundedMinor: number
  clientSecret: string | null
  checkoutUrl: string | null
  failure: string | null
  wish: PaymentWish | null
  now: Date
}

export async function storePayment(sql: Sql, paymentId: number, news: PaymentNews): Promise<void> {
  await sql.query(
    `update app.payments set status = $2, provider_id = coalesce($3, provider_id), captured_minor = $4, refunded_minor = $5,
            client_secret = $6, checkout_url = $7, failure = $8, wish = $9,
            wish_minor = case when $9::text is null then null else wish_minor end, updated_at = $10
      where id = $1`,
    [
      paymentId,
      news.status,
      news.providerId,
      news.capturedMinor,
      news.refundedMinor,
      news.clientSecret,
      news.checkoutUrl,
      news.failure,
      news.wish,
      news.now,
    ],
  )
}

/** `reopenStartOf`: the money of a charge moved at its provider: the worker looks at it again. */
export async function reopenStartOf(sql: Sql, startId: number): Promise<void> {
  await sql.query(
    'update app.starts set settled_at = null where id = $1 and settled_at is not null',
    [startId],
  )
}

/** `noteEvent`: false where this event of a provider was worked off before. */
export async function noteEvent(
  sql: Sql,
  event: { provider: string; id: string; type: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.provider_events (provider, event_id, type, received_at) values ($1, $2, $3, $4) on conflict do nothing`,
    [event.provider, event.id, event.type, event.now],
  )
  return rowCount === 1
}

export async function prunePayments(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `delete from app.provider_events where received_at < $1::timestamptz - interval '90 days'`,
    [now],
  )
}
