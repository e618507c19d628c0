import { createHash } from 'node:crypto'

import type { Sql } from '@/db/pool'
import { readBranding } from '@/db/queries/branding'

import { renderPdf } from '../render/pdf'
import { readReceipt } from './figures'

export { readReceipt, type ReceiptFigures } from './figures'

export type Receipt = {
  bytes: Buffer
  filename: string
  contentType: 'application/pdf'
  sha256: string
}

/**
 * `renderReceipt`: the driver's receipt of a session as PDF, from the ledger that its page shows; null where there is
 * none yet (`readReceipt`). Rejects where it cannot be drawn. Whether the reader may have it is the caller's question.
 */
export async function renderReceipt(
  sessionId: number,
  deps: { sql: Sql },
): Promise<Receipt | null> {
  const figures = await readReceipt(deps.sql, sessionId)
  if (!figures) return null
  const branding = await readBranding(deps.sql)
  const bytes = await renderPdf({ document: 'receipt', props: { branding, figures } })
  return {
    bytes,
    filename: `Receipt ${figures.number}.pdf`,
    contentType: 'application/pdf',
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
