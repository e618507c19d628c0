import { linkOf } from '@/db/queries/auditChain'
import {
  readAuditChoices,
  readAuditLine,
  readAuditLines,
  readLastCheck,
  type AuditChoices,
  type AuditCursor,
  type AuditFilter,
  type AuditLine,
} from '@/db/queries/auditBoard'
import { addDays, isDay, startOfDay } from '@/domain/period'

import { viewerOf, type Looking, type Viewer } from './viewer'
import { defaultZone } from './zones'

export type { AuditLine } from '@/db/queries/auditBoard'

const perPage = 50

/** What the address of the list says; empty texts for nothing. Days are of the network's zone, both included. */
export type AuditAsked = {
  user: string
  action: string
  resource: string
  record: string
  from: string
  to: string
  denied: boolean
}

export type AuditPage = {
  lines: AuditLine[]
  asked: AuditAsked
  choices: AuditChoices
  timezone: string
  /** Where the next page begins; null on the last. */
  next: string | null
  isFirst: boolean
  /** The last verification of the chain; null for those who see a part of the log, and before the first. */
  check: { at: string; rows: number; brokenId: number | null } | null
}

type Search = Record<string, string | string[] | undefined>

/** `loadAuditLog`: one page as the address asks for it, within the viewer's scope; null for those who see none of it. */
export async function loadAuditLog(looking: Looking, search: Search): Promise<AuditPage | null> {
  const viewer = await viewerOf(looking)
  const scope = viewer?.scope('audit-log', 'read')
  if (!viewer || !scope || scope.kind === 'none') return null
  const asked = askedIn(search)
  const before = cursorIn(textIn(search['before']))
  const [found, choices, check] = await Promise.all([
    readAuditLines(viewer.sql, filterOf(viewer, asked), { before, limit: perPage + 1 }),
    readAuditChoices(viewer.sql, scope),
    scope.kind === 'all' ? readLastCheck(viewer.sql) : null,
  ])
  const lines = found.slice(0, perPage)
  const last = found.length > perPage ? lines.at(-1) : undefined
  return {
    lines,
    asked,
    choices,
    timezone: defaultZone,
    next: last ? `${last.at}_${last.id}` : null,
    isFirst: before === null,
    check: check && { at: check.at.toISOString(), rows: check.rows, brokenId: check.brokenId },
  }
}

export type AuditEntryPage = {
  line: AuditLine
  timezone: string
  /** Whether the entry stands in the chain as it was written; `new`: it is linked within seconds. */
  chain: 'whole' | 'broken' | 'new'
}

/** `loadAuditEntry`: null outside the scope. */
export async function loadAuditEntry(looking: Looking, id: number): Promise<AuditEntryPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const line = await readAuditLine(viewer.sql, viewer.scope('audit-log', 'read'), id)
  if (!line) return null
  return { line, timezone: defaultZone, chain: await linkOf(viewer.sql, id) }
}

export function askedIn(search: Search): AuditAsked {
  const text = (name: string) => textIn(search[name]) ?? ''
  const day = (name: string) => (isDay(text(name)) ? text(name) : '')
  return {
    user: /^\d{1,9}$/.test(text('user')) ? text('user') : '',
    action: text('action'),
    resource: text('resource'),
    record: text('record'),
    from: day('from'),
    to: day('to'),
    denied: text('denied') === 'true',
  }
}

export function filterOf(viewer: Viewer, asked: AuditAsked): AuditFilter {
  return {
    scope: viewer.scope('audit-log', 'read'),
    userId: asked.user ? Number(asked.user) : null,
    action: asked.action || null,
    resource: asked.resource || null,
    resourceId: asked.record || null,
    from: asked.from ? startOfDay(asked.from, defaultZone) : null,
    until: asked.to ? startOfDay(addDays(asked.to, 1), defaultZone) : null,
    deniedOnly: asked.denied,
  }
}

function cursorIn(text: string | null): AuditCursor | null {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_(\d{1,9})$/.exec(text ?? '')
  if (!found || Number.isNaN(Date.parse(found[1]!))) return null
  return { at: found[1]!, id: Number(found[2]) }
}

function textIn(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== ''
    ? value.replaceAll('\u0000', '').slice(0, 120)
    : null
}
