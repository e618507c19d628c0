import type { Sql } from '../pool'
import { channels } from '../channels'
import { notify } from '../notify'
import { insertAudit } from './insertAudit'
import { endLoginsOf, setSuspended } from './logins'
import { setResetToken } from './staffPasswords'
import { removeSecondFactor } from './secondFactors'
import { clearTriesOf } from './signIn'

/**
 * `rescueAdmin`: the person with this address (made, where there is none) becomes a Super Admin without an end, free of
 * suspension, lock (`tryKeys`) and second factor, signed out everywhere, and able to set a password with `token` until `until`. In a
 * transaction.
 */
export async function rescueAdmin(
  sql: Sql,
  rescue: { email: string; token: string; until: Date; tryKeys: readonly string[]; now: Date },
): Promise<{ userId: number; isNew: boolean }> {
  const { email, now } = rescue
  const made = await sql.query<{ id: number; isNew: boolean }>(
    `insert into users (email, name, created_at, updated_at) values ($1, 'Super Admin', $2, $2)
     on conflict (email) do update set updated_at = excluded.updated_at
     returning id, xmax = 0 as "isNew"`,
    [email, now],
  )
  const { id: userId, isNew } = made.rows[0]!
  await setSuspended(sql, userId, null)
  await removeSecondFactor(sql, userId)
  await clearTriesOf(sql, rescue.tryKeys)
  await endLoginsOf(sql, [userId])
  await sql.query(
    `insert into grants (user_id, role, scope, note, created_at, updated_at)
     select $1, 'super-admin', 'all', 'Given by npm run admin:rescue', $2, $2
      where not exists (select from grants where user_id = $1 and role = 'super-admin' and scope = 'all'
                           and ("from" is null or "from" <= $2) and until is null)`,
    [userId, now],
  )
  await setResetToken(sql, userId, { token: rescue.token, until: rescue.until })
  await insertAudit(sql, {
    at: now,
    userId: null,
    actor: 'the machine (npm run admin:rescue)',
    role: null,
    action: 'rescue-admin',
    resource: 'users',
    resourceId: String(userId),
    siteId: null,
    before: null,
    after: JSON.stringify({ email, isNew }),
    result: 'done',
    reason: null,
    ip: null,
    requestId: null,
  })
  await notify(sql, channels.access, userId)
  return { userId, isNew }
}
