import type { Sql } from '../pool'

/** `endLoginsOf`: their tokens name sessions that are no more, so every one of them is refused from the commit on. */
export async function endLoginsOf(sql: Sql, userIds: readonly number[]): Promise<void> {
  await sql.query('delete from users_sessions where _parent_id = any($1::int[])', [userIds])
}

/**
 * `superAdminsBeside`: whether the grant (or the person) in question is a Super Admin without an end, and whether there
 * are others. Locks them all, so that two people cannot each take away the other's.
 */
export async function superAdminsBeside(
  sql: Sql,
  except: { grantId: number | null; userId: number | null },
): Promise<{ isOne: boolean; areOthers: boolean }> {
  const { rows } = await sql.query<{ id: number; user_id: number }>(
    `select id, user_id from grants
      where role = 'super-admin' and scope = 'all' and ("from" is null or "from" <= now()) and until is null
      order by id for update`,
  )
  const isOther = (row: { id: number; user_id: number }) =>
    row.id !== except.grantId && row.user_id !== except.userId
  return { isOne: rows.some((row) => !isOther(row)), areOthers: rows.some(isOther) }
}

/** `setResetToken`: the one token with which this user can set a password, until then; one before it is worth nothing. */
export async function setResetToken(
  sql: Sql,
  userId: number,
  reset: { token: string; until: Date },
): Promise<void> {
  await sql.query(
    'update users set reset_password_token = $2, reset_password_expiration = $3, updated_at = now() where id = $1',
    [userId, reset.token, reset.until],
  )
}
