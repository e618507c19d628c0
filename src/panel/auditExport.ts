import type { PayloadRequest } from 'payload'

import { countAuditLines, readAuditLines, type AuditFilter } from '@/db/queries/auditBoard'
import { csvCell } from '@/domain/csv'
import { largeExportRows } from '@/domain/sensitive'
import { PublicError } from '@/platform/errors'

import { askedIn, filterOf } from './auditLog'
import { demandViewer } from './demandViewer'
import { demandLargeTurn } from './largeExport'
import { staffAudit } from './staffAudit'
import type { Viewer } from './viewer'

const mostRows = 200_000
const atOnce = 2_000
const columns = [
  'at',
  'actor',
  'role',
  'action',
  'resource',
  'resourceId',
  'recordName',
  'siteName',
  'result',
  'reason',
  'ip',
  'before',
  'after',
  'requestId',
] as const

/** `GET /api/audit-log/export?…`: the entries that the list shows for this filter, newest first, as CSV. */
export async function exportAuditLog(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  if (!viewer.can('audit-log', 'read'))
    throw new PublicError({
      code: 'not-permitted',
      status: 403,
      sentence: 'Your role does not see the audit log.',
    })
  const query = new URL(req.url ?? '', 'http://localhost').searchParams
  const asked = askedIn(Object.fromEntries(query))
  const filter = filterOf(viewer, asked)
  const rows = await countAuditLines(viewer.sql, filter, mostRows + 1)
  if (rows > mostRows)
    throw new PublicError({
      code: 'too-many-rows',
      status: 400,
      sentence: `A file holds ${mostRows.toLocaleString('en-GB')} entries at most: choose a shorter period.`,
    })
  if (rows > largeExportRows)
    await demandLargeTurn(req, viewer, { resource: 'audit-log', resourceId: null })
  await staffAudit(req, viewer, {
    action: 'export',
    resource: 'audit-log',
    resourceId: null,
    siteId: null,
    result: 'done',
    reason: null,
    after: { rows, ...asked },
  })
  return new Response(linesOf(viewer, filter), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="audit-log.csv"',
    },
  })
}

/** Read page by page while somebody takes it. */
function linesOf(viewer: Viewer, filter: AuditFilter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let before: { at: string; id: number } | null = null
  let written = 0
  return new ReadableStream({
    async pull(controller) {
      const found = await readAuditLines(viewer.sql, filter, { before, limit: atOnce })
      const lines = found.map((line) => columns.map((name) => csvCell(line[name])).join(','))
      if (before === null) lines.unshift(`\ufeff${columns.join(',')}`)
      if (lines.length > 0) controller.enqueue(encoder.encode(`${lines.join('\r\n')}\r\n`))
      written += found.length
      before = found.at(-1) ?? before
      if (found.length < atOnce || written >= mostRows) controller.close()
    },
  })
}
