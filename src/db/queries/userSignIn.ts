import { signInRules } from '../../domain/signIn'
import type { Sql } from '../pool'

export type UserSignInRow = {
  isSuspended: boolean
  suspendedAt: Date | null
  suspendedBy: string | null
  /** Too many wrong passwords from somewhere, or too many wrong codes. */
  isLocked: boolean
  hasSecondFactor: boolean
  needsSecondFactor: boolean
  logins: number
  seenAt: Date | null
}

/** `readUserSignIn`: how a user signs in, for whoever looks after users. `key` counts the account (`platform/accountKey`). */
export async function readUserSignIn(
  sql: Sql,
  userId: number,
  key: string,
): Promise<UserSignInRow> {
  const { account, codes } = signInRules
  const { rows } = await sql.query<UserSignInRow>(
    `select s.user_id is not null as "isSuspended", s.at as "suspendedAt", coalesce(nullif(b.name, ''), b.email) as "suspendedBy",
            exists (select from telemetry.sign_in_tries t
                     where t.key > $2 || ':' and t.key < $2 || ';' and t.key <> $2 || ':*'
                       and t.tries > $3 and t.since > now() - make_interval(secs => $4))
              or coalesce(f.wrong_codes > $5 and f.wrong_since > now() - make_interval(secs => $6), false) as "isLocked",
            f.confirmed_at is not null as "hasSecondFactor",
            exists (select from grants g join settings_second_factor_roles r on r.value::text = g.role::text
                     where g.user_id = $1 and (g."from" is null or g."from" <= now()) and (g.until is null or g.until > now()))
              as "needsSecondFactor",
            (select count(*)::int from users_sessions where _parent_id = $1 and expires_at > now()) as logins,
            (select max(greatest(l.began_at, l.seen_at)) from telemetry.logins l where l.user_id = $1) as "seenAt"
       from (values ($1::int)) one (id)
       left join telemetry.suspensions s on s.user_id = one.id
       left join users b on b.id = s.by_id
       left join telemetry.second_factors f on f.user_id = one.id`,
    [userId, key, account.most, account.withinSeconds, codes.most, codes.withinSeconds],
  )
  return rows[0]!
}

export type UserStatus = 'active' | 'suspended' | 'invited'

/** `readUserStatuses`: of every user; `invited`: never logged in so far. Indexes: audit_log_by_user, the keys. */
export async function readUserStatuses(sql: Sql): Promise<{ id: number; status: UserStatus }[]> {
  const { rows } = await sql.query<{ id: number; status: UserStatus }>(
    `select u.id, case when s.user_id is not null then 'suspended'
                       when exists (select from audit_log a where a.user_id = u.id)
                         or exists (select from users_sessions l where l._parent_id = u.id) then 'active'
                       else 'invited' end as status
       from users u left join telemetry.suspensions s on s.user_id = u.id`,
  )
  return rows
}
