import type { Sql } from '../../pool'

export type Credentials = {
  driverId: number
  name: string
  email: string
  status: 'active' | 'suspended'
  passwordHash: string | null
  isVerified: boolean
  totpSealed: string | null
  isTotpOn: boolean
  totpLastStep: number | null
  failures: number
  lockedUntil: Date | null
}

const columns = `d.id as "driverId", d.name, d.email, d.status::text, c.password_hash as "passwordHash",
  c.email_verified_at is not null as "isVerified", c.totp_sealed as "totpSealed",
  c.totp_confirmed_at is not null as "isTotpOn", c.totp_last_step as "totpLastStep",
  coalesce(c.failures, 0) as failures, c.locked_until as "lockedUntil"`

/** `findCredentials`: by e-mail in any case; two people with one address are nobody. Index: drivers_email_lower. */
export async function findCredentials(sql: Sql, email: string): Promise<Credentials | null> {
  const { rows } = await sql.query<Credentials>(
    `select ${columns} from drivers d left join app.credentials c on c.driver_id = d.id
      where lower(d.email) = lower($1) and not coalesce(d.is_guest, false) limit 2`,
    [email],
  )
  return rows.length === 1 ? rows[0]! : null
}

export async function credentialsOf(sql: Sql, driverId: number): Promise<Credentials | null> {
  const { rows } = await sql.query<Credentials>(
    `select ${columns} from drivers d left join app.credentials c on c.driver_id = d.id where d.id = $1`,
    [driverId],
  )
  return rows[0] ?? null
}

export const failuresMost = 5
const lockMinutes = 10

/** Five wrong ones in a row shut the account for ten minutes; counted in one statement, so that races count as well. */
export async function countFailure(sql: Sql, driverId: number, now: Date): Promise<void> {
  await sql.query(
    `insert into app.credentials (driver_id, failures) values ($1, 1)
     on conflict (driver_id) do update
       set failures = case when credentials.failures + 1 >= ${failuresMost} then 0 else credentials.failures + 1 end,
           locked_until = case when credentials.failures + 1 >= ${failuresMost}
                               then $2::timestamptz + interval '${lockMinutes} minutes' else credentials.locked_until end`,
    [driverId, now],
  )
}

export async function clearFailures(sql: Sql, driverId: number): Promise<void> {
  await sql.query(
    'update app.credentials set failures = 0, locked_until = null where driver_id = $1 and (failures > 0 or locked_until is not null)',
    [driverId],
  )
}

/** `setPassword`: whoever could open the link or the code from the mail has shown that the address is his. */
export async function setPassword(
  sql: Sql,
  driverId: number,
  passwordHash: string,
  options: { isVerified: boolean; now: Date },
): Promise<void> {
  await sql.query(
    `insert into app.credentials (driver_id, password_hash, email_verified_at, updated_at)
     values ($1, $2, case when $3 then $4::timestamptz end, $4)
     on conflict (driver_id) do update
       set password_hash = excluded.password_hash, updated_at = $4,
           -- a mailbox is no way to guess codes five at a time
           failures = case when credentials.totp_confirmed_at is null then 0 else credentials.failures end,
           locked_until = case when credentials.totp_confirmed_at is not null then credentials.locked_until end,
           email_verified_at = coalesce(credentials.email_verified_at, excluded.email_verified_at)`,
    [driverId, passwordHash, options.isVerified, options.now],
  )
}

export async function markVerified(sql: Sql, driverId: number, now: Date): Promise<void> {
  await sql.query(
    'update app.credentials set email_verified_at = coalesce(email_verified_at, $2) where driver_id = $1',
    [driverId, now],
  )
}

/** `useStep`: each code of an authenticator opens once. */
export async function useStep(sql: Sql, driverId: number, step: number): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.credentials set totp_last_step = $2
      where driver_id = $1 and coalesce(totp_last_step, 0) < $2`,
    [driverId, step],
  )
  return rowCount === 1
}

/** `beginTotp`: a secret that counts for nothing until a code of it was shown. False where one counts already. */
export async function beginTotp(sql: Sql, driverId: number, sealed: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.credentials (driver_id, totp_sealed) values ($1, $2)
     on conflict (driver_id) do update set totp_sealed = $2, totp_last_step = null where credentials.totp_confirmed_at is null`,
    [driverId, sealed],
  )
  return rowCount === 1
}

export async function confirmTotp(
  sql: Sql,
  driverId: number,
  { hashes, now }: { hashes: readonly string[]; now: Date },
): Promise<void> {
  await sql.query(
    `update app.credentials set totp_confirmed_at = $2, recovery_hashes = $3 where driver_id = $1 and totp_confirmed_at is null`,
    [driverId, now, hashes],
  )
}

export async function dropTotp(sql: Sql, driverId: number): Promise<void> {
  await sql.query(
    `update app.credentials set totp_sealed = null, totp_confirmed_at = null, totp_last_step = null, recovery_hashes = '{}'
      where driver_id = $1`,
    [driverId],
  )
}

/** `spendRecovery`: true once for each code. */
export async function spendRecovery(sql: Sql, driverId: number, hash: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.credentials set recovery_hashes = array_remove(recovery_hashes, $2)
      where driver_id = $1 and $2 = any(recovery_hashes)`,
    [driverId, hash],
  )
  return rowCount === 1
}

/** A driver who registers himself; null where the address is somebody's already. */
export async function insertDriver(
  sql: Sql,
  driver: { name: string; email: string; phone: string | null },
): Promise<number | null> {
  const { rows } = await sql.query<{ id: number }>(
    `insert into drivers (name, email, phone, status)
     select $1, $2::varchar, $3, 'active' where not exists (select from drivers where lower(email) = lower($2::varchar))
     on conflict do nothing returning id`,
    [driver.name, driver.email, driver.phone],
  )
  return rows[0]?.id ?? null
}

export type CodePurpose = 'verify' | 'reset' | 'mfa'

export async function insertCode(
  sql: Sql,
  code: { hash: Buffer; purpose: CodePurpose; driverId: number; until: Date },
): Promise<void> {
  await sql.query('delete from app.codes where driver_id = $1 and purpose = $2', [
    code.driverId,
    code.purpose,
  ])
  await sql.query(
    'insert into app.codes (hash, purpose, driver_id, until) values ($1, $2, $3, $4)',
    [code.hash, code.purpose, code.driverId, code.until],
  )
}

/** `takeCode`: whose it is; used up by being asked for. */
export async function takeCode(
  sql: Sql,
  hash: Buffer,
  purpose: CodePurpose,
  now: Date,
): Promise<number | null> {
  const { rows } = await sql.query<{ driverId: number }>(
    `delete from app.codes where hash = $1 and purpose = $2 and until > $3 returning driver_id as "driverId"`,
    [hash, purpose, now],
  )
  return rows[0]?.driverId ?? null
}

const triesMost = 5

/** `tryCode`: whose sign-in waits for a second factor; after five tries it waits no more. */
export async function tryCode(sql: Sql, hash: Buffer, now: Date): Promise<number | null> {
  const { rows } = await sql.query<{ driverId: number; tries: number }>(
    `update app.codes set tries = tries + 1 where hash = $1 and purpose = 'mfa' and until > $2
     returning driver_id as "driverId", tries`,
    [hash, now],
  )
  const [row] = rows
  return row && row.tries <= triesMost ? row.driverId : null
}

export async function endCode(sql: Sql, hash: Buffer): Promise<void> {
  await sql.query('delete from app.codes where hash = $1', [hash])
}
