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
