import { createHash } from 'node:crypto'

import type { Pool } from '@/db/pool'
import type { Run, StatementFile } from '@/db/queries/statementRuns'
import type { Branding } from '@/domain/branding'

import { renderPdf } from '../render/pdf'
import type { StatementFigures } from './figures'

export type StatementOrder = {
  run: Run
  figures: StatementFigures
  fingerprint: string
  branding: Branding
  verifyUrl: string
  now: Date
}

/** `statementFiles`: the files of a statement in the formats its schedule asks for; the PDF always, as it is the paper. */
export async function statementFiles(_pool: Pool, order: StatementOrder): Promise<StatementFile[]> {
  const { figures, fingerprint, branding, verifyUrl } = order
  const bytes = await renderPdf({
    document: 'statement',
    props: { branding, figures, fingerprint, verifyUrl },
  })
  return [fileOf(order, 'pdf', 'application/pdf', bytes)]
}

function fileOf(
  { figures }: StatementOrder,
  format: string,
  contentType: string,
  bytes: Uint8Array,
): StatementFile {
  const name = `${figures.number} ${figures.subject} ${figures.fromDay} to ${figures.toDay}`
  return {
    format,
    contentType,
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
