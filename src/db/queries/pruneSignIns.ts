import type { Sql } from '../pool'

/**
 * `pruneSignIns`: counts of tries from before `tries`, sensitive acts that no hour counts any more, and what of ended logins nobody asks for after `logins`: a login
 * in flight writes back at most what it read seconds ago, and no token outlives its row of `users_sessions`.
 */
export async function pruneSignIns(sql: Sql, before: { tries: Date; logins: Date }): Promise<void> {
  await sql.query('delete from telemetry.sign_in_tries where since < $1', [before.tries])
  await sql.query(`delete from telemetry.sensitive_acts where at < now() - interval '1 day'`)
  await sql.query('delete from telemetry.ended_logins where at < $1', [before.logins])
  await sql.query(
    `delete from telemetry.logins l where l.began_at < $1
        and not exists (select from users_sessions s where s.id = l.session_id and s.expires_at > now())`,
    [before.logins],
  )
}
