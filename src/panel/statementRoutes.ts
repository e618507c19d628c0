import type { PayloadRequest } from 'payload'

import { askAgain } from '@/db/queries/recipients'
import { findShareLink, revokeShareLink } from '@/db/queries/shareLinks'
import { askSend } from '@/db/queries/statementMails'
import { findStatement, markPaid, readStatementFile } from '@/db/queries/statementPage'
import { tryAgain } from '@/db/queries/statementRuns'
import { readScheduleSites } from '@/db/queries/schedules'
import type { Action, Resource } from '@/domain/policy'
import { isInside } from '@/domain/scope'
import { PublicError } from '@/platform/errors'
import { downloadHeaders } from '@/platform/fileNames'

import { demandViewer } from './demandViewer'
import { idInPath, jsonOf } from './requestParts'
import { giveLink, readWish } from './shareWish'
import { staffAudit } from './staffAudit'
import type { Viewer } from './viewer'

/** `GET /api/statements/:id/file?format=pdf`: the file as it was issued. */
export async function downloadStatement(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  const id = idInPath(req, -2)
  const query = new URL(req.url ?? '', 'http://localhost').searchParams
  const file = await readStatementFile(
    viewer.sql,
    id,
    query.get('format') ?? 'pdf',
    viewer.scope('statements', 'download'),
  )
  if (!file) throw unknown('statement')
  await note(req, viewer, 'download', 'statements', id, file.siteId, { file: file.filename })
  const headers = downloadHeaders(file.filename, file.sizeBytes)
  // the preview on the page: a PDF in the browser's own viewer, which runs nothing of it with our rights
  if (query.get('show') === '1' && file.contentType === 'application/pdf') {
    headers['Content-Type'] = 'application/pdf'
    headers['Content-Disposition'] = headers['Content-Disposition']!.replace('attachment', 'inline')
    delete headers['Content-Security-Policy']
  }
  return new Response(new Uint8Array(file.bytes), { headers })
}

/** `POST /api/statements/:id/send {address?}`: again, to all confirmed recipients of its schedule or to one. */
export async function sendStatement(req: PayloadRequest): Promise<Response> {
  const { viewer, id, siteId } = await demandStatement(req, 'statements', 'send')
  const { address: to } = await jsonOf(req)
  const sent = await askSend(viewer.sql, id, {
    askedBy: String(req.user?.name || req.user?.email || 'staff'),
    address: typeof to === 'string' ? to : null,
    now: viewer.now,
  })
  if (sent.length === 0)
    throw refused('nobody-to-send-to', 'Nobody has confirmed an address for this schedule yet.')
  await note(req, viewer, 'send', 'statements', id, siteId, { to: sent })
  return Response.json({ doc: { id, sentTo: sent } }, { status: 202 })
}

/** `POST /api/statements/:id/retry`: one that could not be made is tried now. */
export async function retryStatement(req: PayloadRequest): Promise<Response> {
  const { viewer, id, siteId } = await demandStatement(req, 'statements', 'send')
  if (!(await tryAgain(viewer.sql, id, viewer.now)))
    throw refused('nothing-to-retry', 'This statement is finished, or being made at this moment.')
  await note(req, viewer, 'retry', 'statements', id, siteId)
  return Response.json({ doc: { id } }, { status: 202 })
}

/** `POST /api/statements/:id/paid`: the amount was paid to the owner; once. */
export async function payStatement(req: PayloadRequest): Promise<Response> {
  const { viewer, id, siteId } = await demandStatement(req, 'statements', 'mark-paid')
  if (!(await markPaid(viewer.sql, id, viewer.now)))
    throw refused(
      'not-payable',
      'Only an issued statement that was not marked before can be marked as paid.',
    )
  await note(req, viewer, 'mark-paid', 'statements', id, siteId)
  return Response.json({ doc: { id, paidAt: viewer.now } })
}

/** `POST /api/statements/:id/share {days, sharedWith?, email?}` → `{doc: {id, url?}}`: a link for people without a login. */
export async function shareStatement(req: PayloadRequest): Promise<Response> {
  const { viewer, id, siteId, statement } = await demandStatement(req, 'share-links', 'create')
  if (statement.status !== 'issued')
    throw refused('not-issued', 'It can be shared as soon as it is issued.')
  const wish = readWish(await jsonOf(req))
  const link = await giveLink(viewer.sql, viewer, {
    statement: id,
    title: statement.title,
    ...wish,
  })
  const { days, mailTo: to } = wish
  await note(req, viewer, 'share', 'statements', id, siteId, { link: link.id, days, to })
  return Response.json({ doc: link }, { status: 201 })
}

/** `POST /api/share-links/:id/revoke`: the link works no longer. */
export async function revokeLink(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  const id = idInPath(req, -2)
  const link = await findShareLink(viewer.sql, id)
  const scope = viewer.scope('share-links', 'revoke')
  const statement =
    link?.statementId != null ? await findStatement(viewer.sql, link.statementId, scope) : null
  if (!statement) throw unknown('link')
  if (!(await revokeShareLink(viewer.sql, id, viewer.now)))
    throw refused('revoked-before', 'This link was revoked before.')
  await note(req, viewer, 'revoke', 'share-links', id, statement.siteId)
  return Response.json({ doc: { id } })
}

/** `POST /api/report-schedules/:id/ask-again {address}`: the confirmation mail once more. */
export async function askRecipientAgain(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  const id = idInPath(req, -2)
  const sites = await readScheduleSites(viewer.sql, id)
  const scope = viewer.scope('statements', 'send')
  const places = sites.map(({ id: siteId, regionId }) => ({ siteId, regionId }))
  if (places.length === 0 || !places.every((place) => isInside(scope, place)))
    throw unknown('schedule')
  const { address: to } = await jsonOf(req)
  if (typeof to !== 'string' || !(await askAgain(viewer.sql, id, to, viewer.now)))
    throw refused(
      'asked-already',
      'This address has confirmed, or was asked in the last ten minutes.',
    )
  await note(req, viewer, 'ask-again', 'report-schedules', id, null, { address: to })
  return Response.json({ doc: { id } }, { status: 202 })
}

async function demandStatement(req: PayloadRequest, resource: Resource, action: Action) {
  const viewer = await demandViewer(req)
  const scope = viewer.scope(resource, action)
  if (scope.kind === 'none')
    throw new PublicError({
      code: 'not-permitted',
      status: 403,
      sentence: 'Your role may not do this.',
    })
  const id = idInPath(req, -2)
  const statement = await findStatement(viewer.sql, id, scope)
  if (!statement) throw unknown('statement')
  return { viewer, id, siteId: statement.siteId, statement }
}

function note(
  req: PayloadRequest,
  viewer: Viewer,
  action: string,
  resource: string,
  id: number,
  siteId: number | null,
  after?: unknown,
): Promise<void> {
  return staffAudit(req, viewer, {
    action,
    resource,
    resourceId: String(id),
    siteId,
    result: 'done',
    reason: null,
    after,
  })
}

const unknown = (what: string) =>
  new PublicError({ code: `unknown-${what}`, status: 404, sentence: `There is no such ${what}.` })
const refused = (code: string, sentence: string) => new PublicError({ code, status: 409, sentence })
