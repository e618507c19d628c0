import type { Sql } from '../pool'

export type AuditEntry = {
  at: Date
  userId: number | null
  actor: string
  role: string | null
  action: string
  resource: string
  resourceId: string | null
  siteId: number | null
  before: string | null
  after: string | null
  result: string
  reason: string | null
  ip: string | null
  requestId: string | null
}

/** `insertAudit`: one row of the audit log. In the transaction of what it tells of, where that is a change. */
export async function insertAudit(sql: Sql, entry: AuditEntry): Promise<void> {
  await sql.query(
    `insert into audit_log (at, user_id, actor, role, action, resource, resource_id, site_id, before, after,
                            result, reason, ip, request_id, updated_at, created_at)
     values ($1, (select id from users where id = $2), $3, $4, $5, $6, $7, (select id from sites where id = $8),
             $9, $10, $11, $12, $13, $14, $1, $1)`,
    [
      entry.at,
      entry.userId,
      entry.actor,
      entry.role,
      entry.action,
      entry.resource,
      entry.resourceId,
      entry.siteId,
      entry.before,
      entry.after,
      entry.result,
      entry.reason,
      entry.ip,
      entry.requestId,
    ],
  )
}

/** `insertAudits`: many rows at once, of one act: who, when and from where are the same for all. */
export async function insertAudits(sql: Sql, entries: readonly AuditEntry[]): Promise<void> {
  const [first] = entries
  if (!first) return
  await sql.query(
    `insert into audit_log (at, user_id, actor, role, action, resource, resource_id, site_id, before, after,
                            result, reason, ip, request_id, updated_at, created_at)
     select $1, (select id from users where id = $2), $3, $4, one.action, one.resource, one.resource_id, one.site_id,
            one.before, one.after, one.result, one.reason, $5, $6, $1, $1
       from unnest($7::text[], $8::text[], $9::text[], $10::int[], $11::text[], $12::text[], $13::text[], $14::text[])
            as one (action, resource, resource_id, site_id, before, after, result, reason)`,
    [
      first.at,
      first.userId,
      first.actor,
      first.role,
      first.ip,
      first.requestId,
      entries.map((entry) => entry.action),
      entries.map((entry) => entry.resource),
      entries.map((entry) => entry.resourceId),
      entries.map((entry) => entry.siteId),
      entries.map((entry) => entry.before),
      entries.map((entry) => entry.after),
      entries.map((entry) => entry.result),
      entries.map((entry) => entry.reason),
    ],
  )
}
