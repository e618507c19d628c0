import type { Sql } from '../pool'

export type MailRow = {
  id: number
  key: string
  to: string
  subject: string
  html: string | null
  text: string | null
  createdAt: Date
  tries: number
}

export async function insertMail(
  sql: Sql,
  mail: { key: string; to: string; subject: string; html: string; text: string },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into telemetry.mails (key, to_address, subject, html, text) values ($1, $2, $3, $4, $5)
     on conflict (key) do nothing`,
    // an address is one line, whoever typed it
    [mail.key, mail.to.replace(/[\r\n]/g, ''), mail.subject, mail.html, mail.text],
  )
  return rowCount === 1
}

/**
 * `claimMail`: the mail that waits longest, for one worker for `leaseSeconds`: one that dies while it sends leaves the
 * mail to be sent again after that. Index: mails_due.
 */
export async function claimMail(
  sql: Sql,
  options: { now: Date; leaseSeconds: number },
): Promise<MailRow | null> {
  const { rows } = await sql.query<MailRow>(
    `update telemetry.mails set tries = tries + 1, next_try_at = $1::timestamptz + make_interval(secs => $2)
      where id = (select id from telemetry.mails
                   where sent_at is null and failed_at is null and next_try_at <= $1
                   order by next_try_at, id limit 1 for update skip locked)
     returning id, key, to_address as "to", subject, html, text, created_at as "createdAt", tries`,
    [options.now, options.leaseSeconds],
  )
  return rows[0] ?? null
}

export type MailOutcome =
  | { kind: 'sent' }
  | { kind: 'later'; error: string; nextTryAt: Date }
  | { kind: 'failed'; error: string }

/** What is sent leaves only its envelope: a link to set a password has no business in a table. */
export async function settleMail(
  sql: Sql,
  id: number,
  outcome: MailOutcome,
  now: Date,
): Promise<void> {
  switch (outcome.kind) {
    case 'sent':
      await sql.query(
        'update telemetry.mails set sent_at = $2, last_error = null, html = null, text = null where id = $1',
        [id, now],
      )
      return
    case 'later':
      await sql.query(
        'update telemetry.mails set next_try_at = $2, last_error = $3 where id = $1 and sent_at is null',
        [id, outcome.nextTryAt, outcome.error],
      )
      return
    case 'failed':
      await sql.query(
        'update telemetry.mails set failed_at = $2, last_error = $3 where id = $1 and sent_at is null',
        [id, now, outcome.error],
      )
  }
}

export type UndeliveredMail = {
  id: number
  to: string
  subject: string
  createdAt: string
  tries: number
  nextTryAt: string | null
  failedAt: string | null
  error: string | null
  /** Its content is still there to be sent. */
  isKept: boolean
}

export type MailBoard = { waiting: number; sentToday: number; mails: UndeliveredMail[] }

/** `readUndelivered`: mails that nobody has got: given up, or tried in vain so far. The newest first. */
export async function readUndelivered(sql: Sql, limit: number): Promise<MailBoard> {
  const { rows } = await sql.query<MailBoard>(
    `select (select count(*) from telemetry.mails where sent_at is null and failed_at is null)::int as waiting,
            (select count(*) from telemetry.mails where sent_at > now() - interval '1 day')::int as "sentToday",
            coalesce((select json_agg(m) from (
              select id, to_address as "to", subject, created_at as "createdAt", tries,
                     case when failed_at is null then next_try_at end as "nextTryAt", failed_at as "failedAt",
                     last_error as error, html is not null as "isKept"
                from telemetry.mails where sent_at is null and (failed_at is not null or tries > 0)
               order by created_at desc limit $1) m), '[]') as mails`,
    [limit],
  )
  return rows[0] ?? { waiting: 0, sentToday: 0, mails: [] }
}

/** `retryMail`: tried again now, as if for the first time; false where there is nothing to send any more. */
export async function retryMail(sql: Sql, id: number, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update telemetry.mails set failed_at = null, next_try_at = $2, tries = 0
      where id = $1 and sent_at is null and html is not null`,
    [id, now],
  )
  return rowCount === 1
}

/** Links to set a password work for half an hour; the rest is kept for a month. */
export async function pruneMails(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `update telemetry.mails set html = null, text = null, failed_at = coalesce(failed_at, $1),
            last_error = coalesce(last_error, 'Its link had expired before it could be sent.')
      where html is not null and sent_at is null and key like 'account/%'
        and created_at < $1::timestamptz - interval '1 hour'`,
    [now],
  )
  await sql.query(
    `delete from telemetry.mails
      where (sent_at is not null or failed_at is not null) and created_at < $1::timestamptz - interval '30 days'`,
    [now],
  )
}

/** How often an address was sent a mail of a kind of late (SEC-16). */
export async function countMails(
  sql: Sql,
  of: { keyPrefix: string; to: string; since: Date },
): Promise<number> {
  const { rows } = await sql.query<{ n: number }>(
    `select count(*)::int as n from telemetry.mails
      where starts_with(key, $1) and lower(to_address) = lower($2) and created_at > $3`,
    [of.keyPrefix, of.to, of.since],
  )
  return rows[0]?.n ?? 0
}

export async function networkName(sql: Sql): Promise<string> {
  const { rows } = await sql.query<{ name: string | null }>(
    'select network_name as name from settings limit 1',
  )
  return rows[0]?.name || 'CITA EV'
}
