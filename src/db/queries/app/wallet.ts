import type { Sql } from '../../pool'

/**
 * Money of drivers as double entry. An entry moves an amount between two accounts of one currency and carries the reason
 * it was made for (`key`): the same reason never makes a second one, whoever asks how often. The database refuses an
 * account of a driver below zero, postings that do not sum to zero, and every change to what was posted.
 */
export type AccountKind = 'available' | 'held' | 'card' | 'cash' | 'revenue'
export type EntryKind = 'top-up' | 'hold' | 'capture' | 'release' | 'refund' | 'pay-out'

export type NewEntry = {
  key: string
  kind: EntryKind
  driverId: number
  currency: string
  amountMinor: number
  from: AccountKind
  to: AccountKind
  startId?: number | null
  sessionId?: number | null
  paymentId?: number | null
  /** Of what staff posts. */
  reason?: string
  madeBy?: number
}

export type Posted = 'posted' | 'already' | 'insufficient'

/**
 * `postEntry`: run it in a transaction. Both accounts are locked in the order of their ids, so that two entries cannot
 * wait for each other; `insufficient` writes nothing.
 */
export async function postEntry(sql: Sql, entry: NewEntry): Promise<Posted> {
  const personal = (kind: AccountKind) =>
    kind === 'available' || kind === 'held' ? entry.driverId : null
  await sql.query(
    `insert into app.accounts (kind, driver_id, currency) select * from unnest($1::text[], $2::int[], $3::text[])
     on conflict do nothing`,
    [
      [entry.from, entry.to],
      [personal(entry.from), personal(entry.to)],
      [entry.currency, entry.currency],
    ],
  )
  const { rows: accounts } = await sql.query<{
    id: number
    kind: AccountKind
    balanceMinor: number
  }>(
    `select id, kind, balance_minor as "balanceMinor" from app.accounts
      where currency = $1 and ((kind = $2 and driver_id is not distinct from $3::int)
                            or (kind = $4 and driver_id is not distinct from $5::int))
      order by id for update`,
    [entry.currency, entry.from, personal(entry.from), entry.to, personal(entry.to)],
  )
  const from = accounts.find(({ kind }) => kind === entry.from)!
  const to = accounts.find(({ kind }) => kind === entry.to)!
  const { rows: made } = await sql.query<{ id: number }>(
    `insert into app.entries (key, kind, driver_id, currency, amount_minor, start_id, session_id, payment_id, reason, made_by)
     select $1, $2, $3, $4, $5::bigint, $6, $7, $8, $11, $12::int where $9 or $10::bigint >= $5::bigint
     on conflict (key) do nothing returning id`,
    [
      entry.key,
      entry.kind,
      entry.driverId,
      entry.currency,
      entry.amountMinor,
      entry.startId ?? null,
      entry.sessionId ?? null,
      entry.paymentId ?? null,
      personal(entry.from) === null,
      from.balanceMinor,
      entry.reason ?? null,
      entry.madeBy ?? null,
    ],
  )
  const id = made[0]?.id
  if (id === undefined) {
    const { rowCount } = await sql.query('select from app.entries where key = $1', [entry.key])
    return rowCount === 1 ? 'already' : 'insufficient'
  }
  await sql.query(
    `insert into app.postings (entry_id, account_id, amount_minor) values ($1, $2, -$4::bigint), ($1, $3, $4::bigint)`,
    [id, from.id, to.id, entry.amountMinor],
  )
  return 'posted'
}

export type Balances = { availableMinor: number; heldMinor: number; currency: string }

export async function balances(sql: Sql, driverId: number, currency: string): Promise<Balances> {
  const { rows } = await sql.query<Balances>(
    `select coalesce(sum(balance_minor) filter (where kind = 'available'), 0)::bigint as "availableMinor",
            coalesce(sum(balance_minor) filter (where kind = 'held'), 0)::bigint as "heldMinor", $2::text as currency
       from app.accounts where driver_id = $1 and currency = $2`,
    [driverId, currency],
  )
  return rows[0]!
}

/** `lockAvailable`: what may be spent, and nobody else spends it in this transaction. */
export async function lockAvailable(sql: Sql, driverId: number, currency: string): Promise<number> {
  const { rows } = await sql.query<{ left: number }>(
    `select balance_minor as left from app.accounts where kind = 'available' and driver_id = $1 and currency = $2 for update`,
    [driverId, currency],
  )
  return rows[0]?.left ?? 0
}

export type ForStart = {
  driverId: number
  startId: number
  sessionId?: number | null
  currency: string
  amountMinor: number
  /** Which of its kind for this start: part of the entry's key. */
  nth: number
}

const forStart =
  (kind: 'hold' | 'capture' | 'release' | 'refund', from: AccountKind, to: AccountKind) =>
  (sql: Sql, { nth, ...of }: ForStart): Promise<Posted> =>
    postEntry(sql, { key: `start/${of.startId}/${kind}/${nth}`, kind, from, to, ...of })

/** `holdMore`: sets money aside before the charger is asked, and again while it runs. */
export const holdMore = forStart('hold', 'available', 'held')
/** `captureHeld`: what a charge cost is the network's. */
export const captureHeld = forStart('capture', 'held', 'revenue')
/** `releaseHeld`: the rest is the driver's again. */
export const releaseHeld = forStart('release', 'held', 'available')
/** `refundTaken`: what was taken too much is the driver's again. */
export const refundTaken = forStart('refund', 'revenue', 'available')

export type StartMoney = {
  /** Of the wallet. */
  heldMinor: number
  /** Captures less refunds, by wallet or card. */
  takenMinor: number
  holds: number
  captures: number
  releases: number
  refunds: number
}

/** `moneyOfStart`: what is set aside for a start and what was taken. Index: entries_start. */
export async function moneyOfStart(sql: Sql, startId: number): Promise<StartMoney> {
  const { rows } = await sql.query<StartMoney>(
    `select coalesce(sum(case when kind = 'hold' then amount_minor when kind in ('capture', 'release') then -amount_minor end)
                     filter (where payment_id is null), 0)::bigint as "heldMinor",
            coalesce(sum(case kind when 'capture' then amount_minor when 'refund' then -amount_minor end), 0)::bigint as "takenMinor",
            count(*) filter (where kind = 'hold')::int as holds,
            count(*) filter (where kind = 'capture')::int as captures,
            count(*) filter (where kind = 'release')::int as releases,
            count(*) filter (where kind = 'refund')::int as refunds
       from app.entries where start_id = $1`,
    [startId],
  )
  return rows[0]!
}

export type EntryRow = {
  row: number
  id: string
  kind: EntryKind
  amountMinor: number
  currency: string
  sessionId: string | null
  reason: string | null
  at: Date
}

/**
 * `readEntries`: what happened in a wallet, the newest first; what was set aside and given back is part of it, what a card
 * paid past it is not. Index: entries_driver.
 */
export async function readEntries(
  sql: Sql,
  driverId: number,
  page: { before: number | null; limit: number },
): Promise<EntryRow[]> {
  const { rows } = await sql.query<EntryRow>(
    `select e.id as row, e.public_id as id, e.kind, e.amount_minor as "amountMinor", e.currency,
            st.public_id as "sessionId", e.reason, e.at
       from app.entries e left join app.starts st on st.id = e.start_id
      where e.driver_id = $1 and not (e.payment_id is not null and e.kind in ('capture', 'refund')) and ($2::bigint is null or e.id < $2) order by e.id desc limit $3`,
    [driverId, page.before, page.limit],
  )
  return rows
}

export type InvoiceRow = {
  row: number
  sessionId: string
  number: number
  issuedAt: Date
  locationName: string
  taxMinor: number
  totalMinor: number
  paidMinor: number
  dueMinor: number
  currency: string
}

/** `ownInvoices`: charges that have their price, the newest first, by app and by card. Index: sessions_driver_idx. */
export async function ownInvoices(
  sql: Sql,
  driverId: number,
  page: { before: number | null; limit: number },
): Promise<InvoiceRow[]> {
  const { rows } = await sql.query<InvoiceRow>(
    `select s.id as row, coalesce(st.public_id, s.public_id) as "sessionId", s.transaction_id as number,
            coalesce(s.priced_at, s.stopped_at) as "issuedAt", si.name as "locationName",
            coalesce(t.final_tax_minor, 0) as "taxMinor", t.final_minor as "totalMinor", s.currency,
            coalesce((select sum(case e.kind when 'capture' then e.amount_minor when 'refund' then -e.amount_minor end)
                        from app.entries e where e.start_id = st.id), 0)::bigint as "paidMinor",
            coalesce(st.due_minor, 0) as "dueMinor"
       from sessions s join telemetry.session_totals t on t.session_id = s.id
       join chargers ch on ch.id = s.charger_id join sites si on si.id = ch.site_id
       left join app.starts st on st.id_tag = upper(s.id_tag) and st.driver_id = s.driver_id
      where s.driver_id = $1 and t.is_final and s.status <> 'needs-review' and t.final_minor is not null
        and s.currency is not null and ($2::bigint is null or s.id < $2)
      order by s.id desc limit $3`,
    [driverId, page.before, page.limit],
  )
  return rows
}
