import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  GlobalAfterChangeHook,
  PayloadRequest,
} from 'payload'

import { insertAudit, insertAudits, type AuditEntry } from '@/db/queries/insertAudit'
import type { Sql } from '@/db/pool'
import { requestSql } from '@/db/requestSql'
import { maskUid } from '@/domain/idToken'
import { publicId } from '@/platform/ids'
import { masked } from '@/platform/mask'
import { idOf } from './access/fieldByPolicy'
import { staffOf, strongestRole } from './access/whoAsks'
import { hasNewPassword } from './users/newPassword'

type Row = Record<string, unknown>

/** Written by the system at every turn, or secret: no news. */
const silent = new Set([
  'id',
  'updatedAt',
  'createdAt',
  'state',
  'collection',
  'sessions',
  'loginAttempts',
  'lockUntil',
  'resetPasswordToken',
  'resetPasswordExpiration',
  'oneTimePassword',
])

/** `auditChange`: one row for each document created or changed, in its transaction; only what changed, masked. */
export const auditChange: CollectionAfterChangeHook = async ({
  collection,
  data,
  doc,
  operation,
  previousDoc,
  req,
}) => {
  const next = stored(collection.flattenedFields, doc as Row)
  const before =
    operation === 'update' ? stored(collection.flattenedFields, previousDoc as Row) : {}
  const changed = differing(before, next)
  // a hash changes, the document does not show it
  const isOfUser = collection.slug === 'users' && hasNewPassword(req, (doc as Row)['id'])
  if (isOfUser || typeof (data as Row)['password'] === 'string') changed.push('password')
  if (changed.length === 0 && operation === 'update') return
  await record(req, {
    action: operation,
    resource: collection.slug,
    resourceId: String((doc as Row)['id']),
    siteId: siteOf(collection.slug, doc as Row),
    before: operation === 'update' ? pick(before, changed) : null,
    after: pick(next, changed),
  })
}

export const auditDelete: CollectionAfterDeleteHook = async ({ collection, doc, id, req }) => {
  const before = stored(collection.flattenedFields, doc as Row)
  await record(req, {
    action: 'delete',
    resource: collection.slug,
    resourceId: String(id),
    // the site itself is gone
    siteId: collection.slug === 'sites' ? null : siteOf(collection.slug, doc as Row),
    before: pick(before, Object.keys(before)),
    after: null,
  })
}

export const auditGlobal: GlobalAfterChangeHook = async ({ global, doc, previousDoc, req }) => {
  const next = stored(global.flattenedFields, doc as Row)
  const before = stored(global.flattenedFields, (previousDoc ?? {}) as Row)
  const changed = differing(before, next)
  if (changed.length === 0) return
  await record(req, {
    action: 'update',
    resource: global.slug,
    resourceId: null,
    siteId: null,
    before: pick(before, changed),
    after: pick(next, changed),
  })
}

export type AuditNews = Pick<AuditEntry, 'action' | 'resource' | 'resourceId' | 'siteId'> & {
  before?: string | null
  after?: string | null
  result?: string
  reason?: string | null
  actor?: string
}

/** `record`: who did it, from where, in which request, besides what happened; on `sql` or in the request's transaction. */
export async function record(req: PayloadRequest, news: AuditNews, sql?: Sql): Promise<void> {
  await insertAudit(sql ?? (await requestSql(req)), await entryOf(req, news))
}

/** `recordMany`: the same for what one request did to many rows, in one statement. */
export async function recordMany(req: PayloadRequest, news: readonly AuditNews[]): Promise<void> {
  const entries = await Promise.all(news.map((one) => entryOf(req, one)))
  await insertAudits(await requestSql(req), entries)
}

async function entryOf(req: PayloadRequest, news: AuditNews): Promise<AuditEntry> {
  const user = staffOf(req)
  return {
    at: new Date(),
    userId: user?.id ?? null,
    actor: user?.name ?? news.actor ?? (req.payloadAPI === 'local' ? 'system' : 'anonymous'),
    role: user ? await strongestRole(req) : null,
    action: news.action,
    resource: news.resource,
    resourceId: news.resourceId,
    siteId: news.siteId,
    before: news.before ?? null,
    after: news.after ?? null,
    result: news.result ?? 'done',
    reason: news.reason ?? null,
    ip: clientAddress(req),
    requestId: requestIdOf(req),
  }
}

/** Set by our own server from the socket and TRUSTED_PROXIES, never taken from outside (src/main/web). */
export function clientAddress(req: PayloadRequest): string | null {
  return req.headers?.get('x-cpms-client')?.slice(0, 45) ?? null
}

export function requestIdOf(req: PayloadRequest): string {
  const context = req.context as { requestId?: string }
  context.requestId ??= publicId()
  return context.requestId
}

type NamedField = { name: string; virtual?: unknown; type: string }

/** The document as its row has it: no virtual fields, relations as ids. */
function stored(fields: readonly NamedField[], doc: Row): Row {
  const row: Row = {}
  for (const { name, type, virtual } of fields) {
    if (virtual || silent.has(name) || !(name in doc)) continue
    const value = doc[name]
    if (type !== 'relationship') row[name] = value
    else row[name] = Array.isArray(value) ? value.map(idOf) : idOf(value)
  }
  return row
}

function differing(before: Row, next: Row): string[] {
  return Object.keys(next).filter(
    (name) => JSON.stringify(next[name] ?? null) !== JSON.stringify(before[name] ?? null),
  )
}

function pick(row: Row, names: string[]): string {
  const entries = names.map((name) => [
    name,
    name === 'uid' && typeof row[name] === 'string'
      ? maskUid(row[name])
      : (row[name] ?? (name === 'password' ? 'set' : null)),
  ])
  return JSON.stringify(masked(Object.fromEntries(entries)))
}

function siteOf(slug: string, doc: Row): number | null {
  return idOf(slug === 'sites' ? doc['id'] : doc['site'])
}
