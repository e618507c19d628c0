import type { Sql } from '../pool'

/**
 * `endLoginsOf`: their tokens name sessions that are no more, so every one of them is refused from the commit on. Run it
 * in a transaction: a login under way writes the sessions back that it read, so it has to end first or begin later.
 */
export async function endLoginsOf(sql: Sql, userIds: readonly number[]): Promise<void> {
  await waitForLogins(sql, userIds)
  await sql.query(
    `with gone as (delete from users_sessions where _parent_id = any($1::int[]) returning id),
          noted as (insert into telemetry.ended_logins (session_id) select id from gone on conflict do nothing)
     delete from telemetry.logins where user_id = any($1::int[])`,
    [userIds],
  )
}

/** A login locks the user's row before it writes sessions. */
async function waitForLogins(sql: Sql, userIds: readonly number[]): Promise<void> {
  await sql.query('select from users where id = any($1::int[]) order by id for no key update', [
    userIds,
  ])
}

/** `endLogins`: some of one person's logins; those of others stay whatever is asked. */
export async function endLogins(
  sql: Sql,
  userId: number,
  which: { only: string } | { allBut: string | null },
): Promise<number> {
  await waitForLogins(sql, [userId])
  const [only, but] = 'only' in which ? [which.only, null] : [null, which.allBut]
  const { rowCount } = await sql.query(
    `with gone as (delete from users_sessions
                    where _parent_id = $1 and ($2::text is null or id = $2) and ($3::text is null or id <> $3) returning id),
          noted as (insert into telemetry.ended_logins (session_id) select id from gone on conflict do nothing),
          told as (delete from telemetry.logins where session_id in (select id from gone))
     select from gone`,
    [userId, only, but],
  )
  return rowCount ?? 0
}

/**
 * `noteEnded`: a login that Payload itself is about to end stays ended: one that is under way at the same moment writes
 * all sessions back that it read before (trigger `keep_ended`).
 */
export async function noteEnded(sql: Sql, sessionId: string): Promise<void> {
  await sql.query(
    `with told as (delete from telemetry.logins where session_id = $1)
     insert into telemetry.ended_logins (session_id) values ($1) on conflict do nothing`,
    [sessionId],
  )
}

export type LoginPlace = {
  id: string
  beganAt: Date
  seenAt: Date
  until: Date
  ip: string | null
  agent: string | null
}

/** `noteLogin`: from where a login came, and whether a code was shown with it. */
export async function noteLogin(
  sql: Sql,
  login: {
    sessionId: string
    userId: number
    ip: string | null
    agent: string | null
    isProved: boolean
  },
): Promise<void> {
  await sql.query(
    `insert into telemetry.logins (session_id, user_id, ip, agent, proved_at)
     values ($1, $2, $3, $4, case when $5 then now() end) on conflict (session_id) do nothing`,
    [login.sessionId, login.userId, login.ip, login.agent, login.isProved],
  )
}

/** `loginsOf`: where somebody is signed in, the newest first. */
export async function loginsOf(sql: Sql, userId: number): Promise<LoginPlace[]> {
  const { rows } = await sql.query<LoginPlace>(
    `select s.id, s.created_at as "beganAt", greatest(s.created_at, l.seen_at) as "seenAt", s.expires_at as until,
            l.ip, l.agent
       from users_sessions s left join telemetry.logins l on l.session_id = s.id
      where s._parent_id = $1 and s.expires_at > now() order by s.created_at desc limit 200`,
    [userId],
  )
  return rows
}

/** `prove`: the person behind this login has just shown a second factor. */
export async function prove(sql: Sql, sessionId: string, userId: number): Promise<void> {
  await sql.query(
    `insert into telemetry.logins (session_id, user_id, proved_at) values ($1, $2, now())
     on conflict (session_id) do update set proved_at = now()`,
    [sessionId, userId],
  )
}

/** `isOlderThan`: whether a login is older than this. */
export async function isOlderThan(sql: Sql, sessionId: string, seconds: number): Promise<boolean> {
  const { rows } = await sql.query(
    'select from users_sessions where id = $1 and created_at <= now() - make_interval(secs => $2)',
    [sessionId, seconds],
  )
  return rows.length > 0
}

/** `noteSeen`: this login is in use. */
export async function noteSeen(sql: Sql, sessionId: string): Promise<void> {
  await sql.query('update telemetry.logins set seen_at = now() where session_id = $1', [sessionId])
}

/** `setViewedAs`: this login sees what somebody else sees, until then; null: its own again. */
export async function setViewedAs(
  sql: Sql,
  login: { sessionId: string; userId: number; viewsAs: { id: number; until: Date } | null },
): Promise<void> {
  await sql.query(
    `insert into telemetry.logins (session_id, user_id, views_as, views_as_until) values ($1, $2, $3, $4)
     on conflict (session_id) do update set views_as = $3, views_as_until = $4`,
    [login.sessionId, login.userId, login.viewsAs?.id ?? null, login.viewsAs?.until ?? null],
  )
}

/** `viewedAs`: whose eyes this login looks through; null for its own. */
export async function viewedAs(
  sql: Sql,
  sessionId: string,
): Promise<{ id: number; name: string; until: Date } | null> {
  const { rows } = await sql.query<{ id: number; name: string; until: Date }>(
    `select u.id, coalesce(nullif(u.name, ''), u.email) as name, l.views_as_until as until
       from telemetry.logins l join users u on u.id = l.views_as
      where l.session_id = $1 and l.views_as_until > now()`,
    [sessionId],
  )
  return rows[0] ?? null
}

export async function setSuspended(
  sql: Sql,
  userId: number,
  by: { id: number | null } | null,
): Promise<void> {
  if (by)
    await sql.query(
      'insert into telemetry.suspensions (user_id, by_id) values ($1, $2) on conflict do nothing',
      [userId, by.id],
    )
  else await sql.query('delete from telemetry.suspensions where user_id = $1', [userId])
}

/** `standing`: what has to be true of a user in the moment of a login, read in its transaction. */
export async function standing(
  sql: Sql,
  userId: number,
): Promise<{ isSuspended: boolean; salt: string | null } | null> {
  const { rows } = await sql.query<{ isSuspended: boolean; salt: string | null }>(
    `select exists (select from telemetry.suspensions where user_id = $1) as "isSuspended", salt
       from users where id = $1`,
    [userId],
  )
  return rows[0] ?? null
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

/**
 * `needsProof`: whether a sensitive action has to wait for a second factor: the person has one and this login did not
 * show it within these seconds (SEC-47).
 */
export async function needsProof(
  sql: Sql,
  login: { userId: number; sessionId: string | null },
  withinSeconds: number,
): Promise<boolean> {
  const { rows } = await sql.query(
    `select from telemetry.second_factors f where f.user_id = $1 and f.confirmed_at is not null
        and not exists (select from telemetry.logins l where l.session_id = $2 and l.user_id = $1
                           and l.proved_at > now() - make_interval(secs => $3))`,
    [login.userId, login.sessionId, withinSeconds],
  )
  return rows.length > 0
}

/** `otherSuperAdmins`: whom it concerns what somebody did, but for those who have the mail `<mailKey><id>` already. */
export async function otherSuperAdmins(
  sql: Sql,
  userId: number,
  mailKey = '',
): Promise<{ id: number; email: string; name: string }[]> {
  const { rows } = await sql.query<{ id: number; email: string; name: string }>(
    `select u.id, u.email, coalesce(nullif(u.name, ''), u.email) as name from users u
      where u.id <> $1 and not exists (select from telemetry.suspensions s where s.user_id = u.id)
        and exists (select from grants g where g.user_id = u.id and g.role = 'super-admin' and g.scope = 'all'
                       and (g."from" is null or g."from" <= now()) and (g.until is null or g.until > now()))
        and not exists (select from telemetry.mails m where m.key = $2 || u.id)
      order by u.id`,
    [userId, mailKey],
  )
  return rows
}
