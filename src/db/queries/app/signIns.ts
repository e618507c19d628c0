import type { Sql } from '../../pool'

/** The person behind a token, as the rows are at this request. */
export type SignedInDriver = {
  id: number
  publicId: string
  name: string
  email: string
  phone: string | null
  fleetId: number | null
  signInId: number
  /** Charges once, without an account. */
  isGuest: boolean
}

/**
 * `findSignIn`: whose access token this is; null where it is unknown or over, or the driver is suspended (at once, for
 * the row is read with every request) or never confirmed the address.
 */
export async function findSignIn(
  sql: Sql,
  accessHash: Buffer,
  now: Date,
): Promise<SignedInDriver | null> {
  const { rows } = await sql.query<SignedInDriver>(
    `select d.id, d.public_id as "publicId", d.name, d.email, d.phone, d.fleet_id as "fleetId", s.id as "signInId",
            coalesce(d.is_guest, false) as "isGuest"
       from app.sign_ins s join drivers d on d.id = s.driver_id
       left join app.credentials c on c.driver_id = d.id
      where s.access_hash = $1 and s.access_until > $2 and d.status = 'active'
        -- a guest has no address to confirm
        and (c.email_verified_at is not null or d.is_guest)`,
    [accessHash, now],
  )
  return rows[0] ?? null
}

export type NewSignIn = {
  driverId: number
  accessHash: Buffer
  accessUntil: Date
  refreshHash: Buffer
  refreshUntil: Date
  client: string | null
  /** Of a guest: the one charge it is good for. */
  startId: number | null
  now: Date
}

export async function insertSignIn(sql: Sql, row: NewSignIn): Promise<void> {
  await sql.query(
    `insert into app.sign_ins (driver_id, access_hash, access_until, refresh_hash, refresh_until, client, created_at, used_at, start_id)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
    [
      row.driverId,
      row.accessHash,
      row.accessUntil,
      row.refreshHash,
      row.refreshUntil,
      row.client,
      row.now,
      row.startId,
    ],
  )
}

/**
 * `rotateSignIn`: new tokens for an old refresh token; false where it is not good. A refresh token that was spent before
 * is in two hands: the whole sign-in ends.
 */
export async function rotateSignIn(
  sql: Sql,
  spentHash: Buffer,
  next: Omit<NewSignIn, 'driverId' | 'client' | 'startId'>,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.sign_ins s
        set access_hash = $3, access_until = $4, refresh_hash = $5, refresh_until = $6, spent_hash = $1, used_at = $2
       from drivers d
      where s.refresh_hash = $1 and s.refresh_until > $2 and d.id = s.driver_id and d.status = 'active'`,
    [spentHash, next.now, next.accessHash, next.accessUntil, next.refreshHash, next.refreshUntil],
  )
  if (rowCount === 1) return true
  await sql.query('delete from app.sign_ins where spent_hash = $1', [spentHash])
  return false
}

export async function endSignIn(sql: Sql, signInId: number): Promise<void> {
  await sql.query('delete from app.sign_ins where id = $1', [signInId])
}

export async function endSignIns(sql: Sql, driverId: number): Promise<void> {
  await sql.query('delete from app.sign_ins where driver_id = $1', [driverId])
}

/** `endOtherSignIns`: all but this one. */
export async function endOtherSignIns(sql: Sql, driverId: number, signInId: number): Promise<void> {
  await sql.query('delete from app.sign_ins where driver_id = $1 and id <> $2', [
    driverId,
    signInId,
  ])
}

/** `standingSignIns`: those of the access tokens (hex of their hashes) that still open something; one statement for all. */
export async function standingSignIns(
  sql: Sql,
  accessHashes: readonly Buffer[],
  now: Date,
): Promise<Set<string>> {
  if (accessHashes.length === 0) return new Set()
  const { rows } = await sql.query<{ hash: string }>(
    `select encode(s.access_hash, 'hex') as hash from app.sign_ins s join drivers d on d.id = s.driver_id
      where s.access_hash = any($1::bytea[]) and s.access_until > $2 and d.status = 'active'`,
    [accessHashes, now],
  )
  return new Set(rows.map(({ hash }) => hash))
}

export async function pruneSignIns(sql: Sql, now: Date): Promise<void> {
  await sql.query('delete from app.sign_ins where refresh_until < $1', [now])
  await sql.query('delete from app.codes where until < $1', [now])
}
