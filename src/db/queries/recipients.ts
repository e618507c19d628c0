import type { Sql } from '../pool'

/**
 * `setRecipients`: the addresses of a schedule as they are now. A new one has to be confirmed, unless the same
 * address has confirmed for a schedule of the same organisation; one taken off gets nothing more, and the links it was
 * given work no longer (SEC-41).
 */
export async function setRecipients(
  sql: Sql,
  scheduleId: number,
  addresses: readonly string[],
  now: Date,
): Promise<void> {
  const folded = addresses.map((address) => address.toLowerCase())
  const { rows } = await sql.query<{ address: string }>(
    `delete from telemetry.report_recipients where schedule_id = $1 and not address = any($2::text[])
     returning address`,
    [scheduleId, folded],
  )
  if (rows.length > 0)
    await sql.query(
      `update share_links l set revoked_at = $3, updated_at = $3 from statements s
        where s.id = l.statement_id and s.schedule_id = $1 and l.revoked_at is null
          and lower(l.shared_with) = any($2::text[])`,
      [scheduleId, rows.map(({ address }) => address), now],
    )
  await sql.query(
    `insert into telemetry.report_recipients (schedule_id, address, confirmed_at)
     select $1, address, ${confirmedElsewhere} from unnest($2::text[]) as new(address)
     on conflict (schedule_id, address) do nothing`,
    [scheduleId, folded],
  )
}

const organisationOf = (r: string) =>
  `coalesce(${r}.organisation_id, (select coalesce(s.owner_id, -s.id) from sites s where s.id = ${r}.site_id))`

const confirmedElsewhere = `(select max(k.confirmed_at) from telemetry.report_recipients k
   join report_schedules other on other.id = k.schedule_id
   join report_schedules own on own.id = $1
  where k.address = new.address and ${organisationOf('other')} = ${organisationOf('own')})`

export type Recipient = {
  address: string
  askedAt: string | null
  confirmedAt: string | null
  declinedAt: string | null
}

export async function readRecipients(sql: Sql, scheduleId: number): Promise<Recipient[]> {
  const { rows } = await sql.query<{ list: Recipient[] }>(
    `select coalesce(json_agg(json_build_object('address', address, 'askedAt', asked_at, 'confirmedAt', confirmed_at,
            'declinedAt', declined_at) order by address), '[]') as list
       from telemetry.report_recipients where schedule_id = $1`,
    [scheduleId],
  )
  return rows[0]?.list ?? []
}

export type ToConfirm = { id: number; address: string; schedule: string; subject: string }

/** `claimToConfirm`: an address nobody has written to yet, locked for this transaction. */
export async function claimToConfirm(sql: Sql): Promise<ToConfirm | null> {
  const { rows } = await sql.query<ToConfirm>(
    `select k.id::int as id, k.address, r.name as schedule,
            coalesce((select name from sites where id = r.site_id),
                     (select name from organisations where id = r.organisation_id), '') as subject
       from telemetry.report_recipients k join report_schedules r on r.id = k.schedule_id
      where k.confirmed_at is null and k.declined_at is null and k.asked_at is null
      order by k.id limit 1 for update of k skip locked`,
  )
  return rows[0] ?? null
}

export async function askToConfirm(
  sql: Sql,
  id: number,
  key: { hash: string; until: Date; now: Date },
): Promise<void> {
  await sql.query(
    'update telemetry.report_recipients set token_hash = $2, token_until = $3, asked_at = $4 where id = $1',
    [id, key.hash, key.until, key.now],
  )
}

/** `askAgain`: the next turn of the worker writes to the address once more; false where it has confirmed. */
export async function askAgain(
  sql: Sql,
  scheduleId: number,
  address: string,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update telemetry.report_recipients set asked_at = null, token_hash = null, declined_at = null
      where schedule_id = $1 and address = lower($2) and confirmed_at is null
        and (asked_at is null or asked_at < $3::timestamptz - interval '10 minutes')`,
    [scheduleId, address, now],
  )
  return rowCount === 1
}

export type Asked = { id: number; address: string; schedule: string; subject: string }

/** `readAsked`: what a link of a confirmation mail is about; null where it is used, expired or unknown. */
export async function readAsked(sql: Sql, hash: string, now: Date): Promise<Asked | null> {
  const { rows } = await sql.query<Asked>(
    `select k.id::int as id, k.address, r.name as schedule,
            coalesce((select name from sites where id = r.site_id),
                     (select name from organisations where id = r.organisation_id), '') as subject
       from telemetry.report_recipients k join report_schedules r on r.id = k.schedule_id
      where k.token_hash = $1 and k.token_until > $2`,
    [hash, now],
  )
  return rows[0] ?? null
}

/** `answerAsked`: the link is used up; true for the one request that used it. */
export async function answerAsked(
  sql: Sql,
  hash: string,
  isYes: boolean,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update telemetry.report_recipients
        set token_hash = null, ${isYes ? 'confirmed_at' : 'declined_at'} = $2
      where token_hash = $1 and token_until > $2`,
    [hash, now],
  )
  return rowCount === 1
}
