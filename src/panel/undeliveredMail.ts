import type { PayloadRequest } from 'payload'

import { insertAudit } from '@/db/queries/insertAudit'
import { readUndelivered, retryMail, type MailBoard } from '@/db/queries/mails'
import { PublicError } from '@/platform/errors'

import { demandViewer } from './demandViewer'
import { hasMailServer } from './settings'
import { viewerOf, type Looking } from './viewer'

export type { MailBoard, UndeliveredMail } from '@/db/queries/mails'

const mostMails = 200

/** `loadUndelivered`: for those who run the system; null for everybody else. What stands in a mail is shown to nobody. */
export async function loadUndelivered(
  looking: Looking,
): Promise<(MailBoard & { hasMailServer: boolean }) | null> {
  const viewer = await viewerOf(looking)
  if (!viewer || viewer.scope('settings', 'read').kind !== 'all') return null
  return { ...(await readUndelivered(viewer.sql, mostMails)), hasMailServer: hasMailServer() }
}

/** `POST /api/undelivered-mail {id}`: tries one again. */
export async function retryUndelivered(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  if (viewer.scope('settings', 'update').kind !== 'all')
    throw new PublicError({
      code: 'not-permitted',
      status: 403,
      sentence: 'Only a Super Admin can send mails again.',
    })
  const { id } = ((await req.json?.()) ?? {}) as { id?: unknown }
  const isThere =
    typeof id === 'number' &&
    Number.isSafeInteger(id) &&
    (await retryMail(viewer.sql, id, viewer.now))
  if (!isThere)
    throw new PublicError({
      code: 'nothing-to-send',
      status: 404,
      sentence: 'This mail was sent meanwhile, or its content is not kept any more.',
    })
  await insertAudit(viewer.sql, {
    at: viewer.now,
    userId: viewer.userId,
    actor: req.user && 'email' in req.user ? String(req.user.email) : 'staff',
    role: 'super-admin',
    action: 'retry',
    resource: 'mails',
    resourceId: String(id),
    siteId: null,
    before: null,
    after: null,
    result: 'done',
    reason: null,
    ip: req.headers.get('x-cpms-client')?.slice(0, 45) ?? null,
    requestId: null,
  })
  return Response.json({ doc: { id } })
}
