import type { PayloadRequest } from 'payload'

import { findCommandTarget } from '@/db/queries/commandRequests'
import {
  searchFrames,
  type FoundFrame,
  type FrameCursor,
  type FrameFilter,
} from '@/db/queries/frameSearch'
import { csvCell } from '@/domain/csv'
import { maskIdTags } from '@/domain/idToken'
import { isInside } from '@/domain/scope'
import { PublicError } from '@/platform/errors'
import { demandViewer } from './demandViewer'
import { hidesIdentities } from './identities'
import type { Viewer } from './viewer'

const most = 200
const usual = 50
/** Without a charger there is no narrow index: the last hour, unless `from` says otherwise. */
const usualWindowMs = 3_600_000

const directions: Readonly<Record<string, 0 | 1>> = {
  in: 0,
  inbound: 0,
  received: 0,
  '0': 0,
  out: 1,
  outbound: 1,
  sent: 1,
  '1': 1,
}
const kinds: Readonly<Record<number, string>> = {
  2: 'call',
  3: 'result',
  4: 'error',
  0: 'unreadable',
}

/**
 * `GET /api/ocpp-messages?charger=&action=&direction=in|out&from=&to=&error=true|false&limit=&before=`: the log of
 * frames, newest first, inside the caller's scope, secrets masked as they were when it was written. `before` takes the
 * `next` of the page before.
 */
export async function ocppMessages(req: PayloadRequest): Promise<Response> {
  const { viewer, filter, limit } = await asked(req)
  const found = await searchFrames(viewer.sql, { ...filter, limit: limit + 1 })
  const page = found.slice(0, limit)
  const last = found.length > limit ? page.at(-1) : undefined
  const docs = page.map((frame) => shown(frame, hidesIdentities(viewer)))
  return Response.json({ docs, next: last ? cursorOf(last) : null })
}

/**
 * `GET /api/ocpp-messages/export?…&format=csv|json`: the same filter as a file, the newest first, written as it is read,
 * at most a million frames. JSON is one frame a line (NDJSON): a file of any length can be read line by line.
 */
export async function exportOcppMessages(req: PayloadRequest): Promise<Response> {
  const { viewer, filter } = await asked(req)
  const format = oneOf(
    new URL(req.url ?? '', 'http://localhost').searchParams.get('format'),
    'format',
    {
      csv: 'csv',
      json: 'json',
    } as const,
  )
  const name = `ocpp-log-${viewer.now.toISOString().slice(0, 16).replaceAll(/[-:]/g, '')}`
  const isCsv = format !== 'json'
  return new Response(linesOf(viewer, filter, isCsv), {
    headers: {
      'Content-Type': isCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}.${isCsv ? 'csv' : 'ndjson'}"`,
    },
  })
}

const exportedMost = 1_000_000
const exportedAtOnce = 2_000
const columns = [
  'at',
  'charger',
  'direction',
  'kind',
  'action',
  'messageId',
  'payload',
  'error',
] as const

/** Read page by page while somebody takes it: a reader that stops, stops the reading. */
function linesOf(viewer: Viewer, filter: FrameFilter, isCsv: boolean): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let before = filter.before
  let written = 0
  let isBegun = false
  const isHidden = hidesIdentities(viewer)
  return new ReadableStream({
    async pull(controller) {
      const limit = Math.min(exportedAtOnce, exportedMost - written)
      const frames = limit > 0 ? await searchFrames(viewer.sql, { ...filter, before, limit }) : []
      const lines = frames.map((frame) => {
        const row = shown(frame, isHidden)
        return isCsv ? csvLine(row) : JSON.stringify(row)
      })
      // a byte order mark: without it spreadsheets take the file for something else than UTF-8
      if (isCsv && !isBegun) lines.unshift(`\ufeff${columns.join(',')}`)
      isBegun = true
      if (lines.length > 0) controller.enqueue(encoder.encode(`${lines.join('\r\n')}\r\n`))
      written += frames.length
      const last = frames.at(-1)
      if (last) before = placeOf(last)
      if (frames.length < limit || limit === 0) controller.close()
    },
  })
}

function csvLine(row: ReturnType<typeof shown>): string {
  return columns.map((column) => csvCell(row[column])).join(',')
}

async function asked(
  req: PayloadRequest,
): Promise<{ viewer: Viewer; filter: FrameFilter; limit: number }> {
  const viewer = await demandViewer(req)
  const scope = viewer.scope('ocpp-messages', 'read')
  if (scope.kind === 'none')
    throw new PublicError({
      code: 'not-permitted',
      status: 403,
      sentence: 'Your role does not see the OCPP log.',
    })
  const query = new URL(req.url ?? '', 'http://localhost').searchParams
  const chargerId = await chargerIn(query.get('charger'), viewer)
  const from = dateIn(query.get('from'), 'from')
  const until = dateIn(query.get('to'), 'to')
  const limit = limitIn(query.get('limit'))
  const filter: FrameFilter = {
    scope,
    chargerId,
    action: textIn(query.get('action'), 'action', 60),
    direction: oneOf(query.get('direction'), 'direction', directions),
    from:
      from ??
      (chargerId === null ? new Date((until ?? viewer.now).getTime() - usualWindowMs) : null),
    until,
    hasError: oneOf(query.get('error'), 'error', {
      true: true,
      '1': true,
      false: false,
      '0': false,
    }),
    before: cursorIn(query.get('before')),
    limit,
  }
  return { viewer, filter, limit }
}

function shown(frame: FoundFrame, areCardsHidden: boolean) {
  return {
    at: frame.saidAt.toISOString(),
    chargerId: frame.chargerId,
    charger: frame.charger,
    connectionId: frame.connectionId,
    direction: frame.direction === 0 ? 'in' : 'out',
    kind: kinds[frame.kind] ?? 'unreadable',
    action: frame.action,
    messageId: frame.messageId,
    payload: areCardsHidden ? maskIdTags(frame.payload) : frame.payload,
    error: frame.error,
  }
}

/** A charger outside the scope is one that does not exist. */
async function chargerIn(text: string | null, viewer: Viewer): Promise<number | null> {
  if (text === null || text === '') return null
  const name = /^\d{1,9}$/.test(text)
    ? { id: Number(text) }
    : { identity: textIn(text, 'charger', 48) ?? '' }
  const target = await findCommandTarget(viewer.sql, name)
  const scope = viewer.scope('ocpp-messages', 'read')
  if (
    target &&
    isInside(scope, { chargerId: target.id, siteId: target.siteId, regionId: target.regionId })
  )
    return target.id
  throw new PublicError({
    code: 'unknown-charger',
    status: 404,
    sentence: 'There is no such charger.',
  })
}

function bad(name: string, wanted: string): PublicError {
  return new PublicError({ code: 'bad-query', status: 400, sentence: `${name} is ${wanted}.` })
}

function textIn(text: string | null, name: string, longest: number): string | null {
  if (text === null || text === '') return null
  if (text.length > longest || text.includes('\u0000'))
    throw bad(name, `a text of at most ${longest} characters`)
  return text
}

function dateIn(text: string | null, name: string): Date | null {
  if (text === null || text === '') return null
  const date = new Date(text)
  const year = date.getUTCFullYear()
  if (Number.isNaN(date.getTime()) || year < 1970 || year > 9999)
    throw bad(name, 'an instant, e.g. 2026-11-24T10:00:00Z')
  return date
}

function limitIn(text: string | null): number {
  if (text === null || text === '') return usual
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1) throw bad('limit', `a whole number from 1 to ${most}`)
  return Math.min(limit, most)
}

function oneOf<T>(text: string | null, name: string, words: Readonly<Record<string, T>>): T | null {
  if (text === null || text === '') return null
  const value = Object.hasOwn(words, text.toLowerCase()) ? words[text.toLowerCase()] : undefined
  if (value === undefined) throw bad(name, `one of ${Object.keys(words).join(', ')}`)
  return value
}

function placeOf(frame: FoundFrame): FrameCursor {
  const { at, chargerId, connectionId, direction, kind, messageId } = frame
  return {
    at,
    chargerId: chargerId ?? 0,
    connectionId,
    direction,
    kind,
    messageId: messageId ?? '',
  }
}

function cursorOf(frame: FoundFrame): string {
  const { at, chargerId, connectionId, direction, kind, messageId } = placeOf(frame)
  const place = [at, chargerId, connectionId, direction, kind, messageId]
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function cursorIn(text: string | null): FrameCursor | null {
  if (text === null || text === '') return null
  try {
    const [at, chargerId, connectionId, direction, kind, messageId] = JSON.parse(
      Buffer.from(text, 'base64url').toString('utf8'),
    ) as unknown[]
    const numbers = [chargerId, connectionId, direction, kind].map(Number)
    if (numbers.every(Number.isSafeInteger) && !Number.isNaN(Date.parse(String(at))))
      return {
        at: String(at),
        chargerId: numbers[0] ?? 0,
        connectionId: numbers[1] ?? 0,
        direction: numbers[2] ?? 0,
        kind: numbers[3] ?? 0,
        messageId: String(messageId).replaceAll('\u0000', ''),
      }
  } catch {
    // said below
  }
  throw bad('before', 'the "next" of another page')
}
