import type { Sql } from '../pool'
import { endLoginsOf } from './logins'

/**
 * `meanCredentials`: what of a user the open transaction is about to change on purpose. Everything else of a login that
 * is written back stays as the database has it (trigger `keep_credentials`).
 */
export async function meanCredentials(
  sql: Sql,
  what: readonly ('password' | 'email' | 'link')[],
): Promise<void> {
  await sql.query(`select set_config('cpms.credentials', $1, true)`, [what.join(' ')])
}

/**
 * `setPassword`: by a link that still holds, which is spent by it; the person's logins end. Null for a link that does
 * not hold. One statement, so that two with the same link cannot both.
 */
export async function setPasswordByLink(
  sql: Sql,
  reset: { token: string; hash: string; salt: string },
): Promise<{ id: number; name: string } | null> {
  const { rows } = await sql.query<{ id: number; name: string }>(
    `update users set hash = $2, salt = $3, reset_password_token = null, reset_password_expiration = null, updated_at = now()
       from (select set_config('cpms.credentials', 'password link', true)) meant
      where reset_password_token = $1 and reset_password_expiration > now()
        and not exists (select from telemetry.suspensions where user_id = users.id)
      returning id, coalesce(nullif(name, ''), email) as name`,
    [reset.token, reset.hash, reset.salt],
  )
  const user = rows[0] ?? null
  if (user) await endLoginsOf(sql, [user.id])
  return user
}

/** `setPassword`: a link that is still out was for the old one. */
export async function setPassword(
  sql: Sql,
  userId: number,
  { hash, salt }: { hash: string; salt: string },
): Promise<void> {
  await sql.query(
    `update users set hash = $2, salt = $3, reset_password_token = null, reset_password_expiration = null, updated_at = now()
       from (select set_config('cpms.credentials', 'password link', true)) meant where id = $1`,
    [userId, hash, salt],
  )
}

/** `isLinkGood`: before a password is hashed for it. */
export async function isLinkGood(sql: Sql, token: string): Promise<boolean> {
  const { rows } = await sql.query(
    'select from users where reset_password_token = $1 and reset_password_expiration > now()',
    [token],
  )
  return rows.length > 0
}

/** `setResetToken`: the one token with which this user can set a password, until then; one before it is worth nothing. */
export async function setResetToken(
  sql: Sql,
  userId: number,
  reset: { token: string; until: Date },
): Promise<void> {
  await sql.query(
    `update users set reset_password_token = $2, reset_password_expiration = $3, updated_at = now()
       from (select set_config('cpms.credentials', 'link', true)) meant where id = $1`,
    [userId, reset.token, reset.until],
  )
}

/** `findAccount`: who has this address and may sign in; null else. */
export async function findAccount(
  sql: Sql,
  email: string,
): Promise<{ id: number; email: string; name: string } | null> {
  const { rows } = await sql.query<{ id: number; email: string; name: string }>(
    `select id, email, coalesce(nullif(name, ''), email) as name from users
      where email = $1 and not exists (select from telemetry.suspensions where user_id = users.id)`,
    [email],
  )
  return rows[0] ?? null
}

export async function readPasswordOf(
  sql: Sql,
  userId: number,
): Promise<{ hash: string | null; salt: string | null } | null> {
  const { rows } = await sql.query<{ hash: string | null; salt: string | null }>(
    'select hash, salt from users where id = $1',
    [userId],
  )
  return rows[0] ?? null
}

/** Whom a mail about the account goes to. */
export async function readOwner(
  sql: Sql,
  userId: number,
): Promise<{ email: string; name: string } | null> {
  const { rows } = await sql.query<{ email: string; name: string }>(
    `select email, coalesce(nullif(name, ''), email) as name from users where id = $1`,
    [userId],
  )
  return rows[0] ?? null
}
