import type { PayloadRequest } from 'payload'

import { grantsOf } from '@/db/queries/grantsOf'
import { insertAudit, type AuditEntry } from '@/db/queries/insertAudit'
import { rolesAt } from '@/domain/scope'
import { publicId } from '@/platform/ids'
import type { Viewer } from './viewer'

type News = Pick<
  AuditEntry,
  'action' | 'resource' | 'resourceId' | 'siteId' | 'result' | 'reason'
> & {
  after?: unknown
}

/** `staffAudit`: one row for what a staff route did or refused; `x-cpms-client` is set by our own server. */
export async function staffAudit(req: PayloadRequest, viewer: Viewer, news: News): Promise<void> {
  const { after, ...rest } = news
  await insertAudit(viewer.sql, {
    ...rest,
    at: viewer.now,
    userId: viewer.userId,
    actor: String(req.user?.name || req.user?.email || 'staff'),
    role: rolesAt(await grantsOf(viewer.sql, viewer.userId), viewer.now)[0] ?? null,
    before: null,
    after: after === undefined ? null : JSON.stringify(after),
    ip: req.headers.get('x-cpms-client')?.slice(0, 45) ?? null,
    requestId: publicId(),
  })
}
