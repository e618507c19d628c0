import { PassThrough, Readable } from 'node:stream'

import type { PayloadRequest } from 'payload'

import { beginExport, exportsPerTenMinutes, tellExport } from '@/db/queries/exports'
import { readBranding } from '@/db/queries/branding'
import { largeExportRows } from '@/domain/sensitive'
import { asError, PublicError } from '@/platform/errors'
import { publicId } from '@/platform/ids'
import { logFor } from '@/platform/log'
import type { FileFormat } from '#reports/catalogue'
import { writeCsv } from '#reports/render/csv'
import { writeTablePdf } from '#reports/render/table'
import { writeXlsx } from '#reports/render/xlsx'
import type { Letterhead, OnProgress, Report, Written } from '#reports/report'
import type { Writable } from 'node:stream'
import { demandLargeTurn } from '../largeExport'
import { staffAudit } from '../staffAudit'
import type { Viewer } from '../viewer'
import type { Asked } from './asked'
import { badQuery } from './asked'

const log = logFor('web')
const tellEveryMs = 700
type Render = (
  report: Report,
  letterhead: Letterhead | null,
  to: Writable,
  onProgress: OnProgress,
) => Promise<Written>

const renderers: Record<FileFormat, { render: Render; type: string }> = {
  csv: { render: writeCsv, type: 'text/csv; charset=utf-8' },
  xlsx: {
    render: writeXlsx,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  pdf: { render: writeTablePdf, type: 'application/pdf' },
}

type Export = {
  req: PayloadRequest
  viewer: Viewer
  asked: Asked
  format: FileFormat
  query: URLSearchParams
  open: () => Promise<Report>
}

/**
 * `exportReport`: the file, written while it is taken; a reader that leaves ends the reading. Its beginning and its end
 * are in the audit log, with rows and sha256; one that fails half way breaks off, so that nobody takes it for whole.
 */
export async function exportReport({
  req,
  viewer,
  asked,
  format,
  query,
  open,
}: Export): Promise<Response> {
  const id = exportName(query.get('export'))
  const begun = await beginExport(viewer.sql, {
    id,
    userId: viewer.userId,
    report: asked.entry.slug,
    format,
  })
  if (begun === 'taken')
    throw badQuery('export names a file that was asked for already: choose another name.')
  if (begun !== 'begun') throw tooMany(begun)
  const report = await open().catch(async (error: unknown) => {
    await giveUp(viewer, id, 'The report could not be opened.')
    throw error
  })
  let letterhead: Letterhead
  try {
    if ((await report.countUpTo(largeExportRows + 1)) > largeExportRows)
      await demandLargeTurn(req, viewer, { resource: 'reports', resourceId: asked.entry.slug })
    letterhead = await readBranding(viewer.sql)
  } catch (error) {
    await report.close()
    await giveUp(viewer, id, 'The file was not begun.')
    throw error
  }
  const to = new PassThrough({ highWaterMark: 256 * 1024 })
  const { render, type } = renderers[format]
  void write({ req, viewer, asked, format, id, report, letterhead, to, render })
  return new Response(Readable.toWeb(to) as ReadableStream<Uint8Array>, {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${fileName(asked, format)}"`,
      'X-Export': id,
    },
  })
}

type Writing = {
  req: PayloadRequest
  viewer: Viewer
  asked: Asked
  format: FileFormat
  id: string
  report: Report
  letterhead: Letterhead
  to: PassThrough
  render: Render
}

async function write({
  req,
  viewer,
  asked,
  format,
  id,
  report,
  letterhead,
  to,
  render,
}: Writing): Promise<void> {
  let toldAt = Date.now()
  let rows = 0
  const onProgress = (count: number) => {
    rows = count
    if (Date.now() - toldAt < tellEveryMs) return
    toldAt = Date.now()
    // how far it is must never hold up the file
    void tellExport(viewer.sql, id, { rows }).catch(() => {})
  }
  try {
    const written = await render(report, letterhead, to, onProgress)
    await staffAudit(req, viewer, {
      action: 'export',
      resource: 'reports',
      resourceId: asked.entry.slug,
      siteId: asked.params.site ?? null,
      result: 'done',
      reason: null,
      after: {
        format,
        filter: asked.params,
        ...written,
        ...(written.rows > largeExportRows && { isLarge: true }),
      },
    })
    await tellExport(viewer.sql, id, {
      rows: written.rows,
      totalRows: written.rows,
      isFinished: true,
    })
    to.end()
  } catch (error) {
    const isGone = to.destroyed
    if (!isGone) log.error({ err: error, report: asked.entry.slug, format }, 'an export failed')
    to.destroy(asError(error))
    const failure = isGone
      ? 'The download was stopped.'
      : 'The file could not be finished. Try again.'
    await tellExport(viewer.sql, id, { rows, isFinished: true, failure }).catch(() => {})
    await staffAudit(req, viewer, {
      action: 'export',
      resource: 'reports',
      resourceId: asked.entry.slug,
      siteId: asked.params.site ?? null,
      result: 'failed',
      reason: failure,
      after: { format, filter: asked.params, rows },
    }).catch(() => {})
  } finally {
    await report.close()
  }
}

const giveUp = (viewer: Viewer, id: string, failure: string) =>
  tellExport(viewer.sql, id, { rows: 0, isFinished: true, failure })

function exportName(text: string | null): string {
  if (text === null || text === '') return publicId()
  if (!/^[A-Za-z0-9-]{16,64}$/.test(text))
    throw badQuery('export is a name of 16 to 64 letters and digits of your choice.')
  return text
}

function tooMany(why: 'busy' | 'too-many'): PublicError {
  return new PublicError({
    code: 'too-many-exports',
    status: 429,
    sentence:
      why === 'busy'
        ? 'Two of your files are being written: wait until one of them is there.'
        : `You took ${exportsPerTenMinutes} files in ten minutes: wait a few minutes.`,
  })
}

function fileName({ entry, params }: Asked, format: FileFormat): string {
  const day = (text: string) => text.slice(0, 10).replaceAll(/[^0-9-]/g, '')
  return `${entry.slug}-${day(params.from)}-to-${day(params.to)}.${format}`
}
