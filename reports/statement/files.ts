import { createHash } from 'node:crypto'
import { Writable } from 'node:stream'

import type { Pool } from '@/db/pool'
import type { Run, StatementFile } from '@/db/queries/statementRuns'
import type { Branding } from '@/domain/branding'
import { periodAround } from '@/domain/issuing'
import { dayIn } from '@/domain/period'

import { writeCsv } from '../render/csv'
import { renderPdf } from '../render/pdf'
import { writeTablePdf } from '../render/table'
import { writeXlsx } from '../render/xlsx'
import type { Report, ReportKind } from '../report'
import { openReport } from '../run'
import type { StatementFigures } from './figures'
import { linesReport } from './lines'

export type StatementOrder = {
  run: Run
  figures: StatementFigures
  fingerprint: string
  branding: Branding
  verifyUrl: string
}

/** A file is kept in the database and mailed: what is larger belongs on the report's own page. */
const bytesMost = 40 * 1024 * 1024

const writers = {
  pdf: { write: writeTablePdf, contentType: 'application/pdf' },
  csv: { write: writeCsv, contentType: 'text/csv; charset=utf-8' },
  xlsx: {
    write: writeXlsx,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
}
type Format = keyof typeof writers

/** `statementFiles`: the paper of a statement always, its lines as CSV and Excel where the schedule asks for them. */
export async function statementFiles(pool: Pool, order: StatementOrder): Promise<StatementFile[]> {
  const { run, figures, fingerprint, branding, verifyUrl } = order
  const name = `${figures.number} ${figures.subject} ${figures.fromDay} to ${figures.toDay}`
  const paper = await renderPdf({
    document: 'statement',
    props: { branding, figures, fingerprint, verifyUrl },
  })
  const files = [fileOf(name, 'pdf', paper)]
  for (const format of formatsOf(run).filter((one) => one !== 'pdf')) {
    const report = linesReport(pool, run.statementId, figures, run)
    files.push(fileOf(name, format, await written(report, format, branding)))
  }
  return files
}

/** `reportFiles`: a report of the menu over the period, of the sites that the schedule covers and no others. */
export async function reportFiles(
  pool: Pool,
  run: Run,
  branding: Branding,
  now: Date,
): Promise<StatementFile[]> {
  const { fromDay, toDay } = periodAround(run.frequency, run.from, run.zone)
  const rows = { kind: 'some' as const, siteIds: run.siteIds, regionIds: [], chargerIds: [] }
  // who charged is the operator's business, not the site owner's (policy row 45)
  const people = run.covers === 'operator' ? rows : { kind: 'none' as const }
  const files: StatementFile[] = []
  for (const format of formatsOf(run)) {
    const params = { from: fromDay, to: toDay }
    const report = await openReport(run.kind as ReportKind, params, { rows, people }, { pool, now })
    try {
      const name = `${report.title} ${run.subject} ${fromDay} to ${toDay}`
      const named = { ...report, subtitle: run.subject }
      files.push(fileOf(name, format, await written(named, format, branding)))
    } finally {
      await report.close()
    }
  }
  return files
}

/** `sharedFiles`: one report, as it is at this moment, in every format. */
export async function sharedFiles(report: Report, branding: Branding): Promise<StatementFile[]> {
  const day = (at: Date) => dayIn(at, report.period.zone ?? 'Europe/London')
  const last = new Date(report.period.to.getTime() - 1)
  const name = `${report.title} ${day(report.period.from)} to ${day(last)}`
  const files: StatementFile[] = []
  for (const format of ['pdf', 'xlsx', 'csv'] as const)
    files.push(fileOf(name, format, await written(report, format, branding)))
  return files
}

function formatsOf(run: Run): Format[] {
  return run.formats.filter((format): format is Format => Object.hasOwn(writers, format))
}

async function written(report: Report, format: Format, branding: Branding): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      size += chunk.byteLength
      chunks.push(Buffer.from(chunk))
      done(size > bytesMost ? new Error(tooLarge) : null)
    },
  })
  to.on('error', () => {})
  await writers[format].write(report, branding, to)
  return Buffer.concat(chunks)
}

const tooLarge =
  'The report is larger than 40 MB. Schedule it more often, or for one site, or export it under Reports.'

function fileOf(name: string, format: Format, bytes: Buffer): StatementFile {
  return {
    format,
    contentType: writers[format].contentType,
    filename: `${plain(name)}.${format}`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes,
  }
}

/** Names that every mail program and disk takes. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\w .-]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120)
}
