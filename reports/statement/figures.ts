import type { StatementSums, Sum } from '@/db/queries/statementLines'
import type { Frequency } from '@/domain/issuing'

/**
 * All that a statement says, fixed when it was closed: the paper, the page and the check at /verify are drawn from
 * this. Energies are whole Wh, amounts minor units with tax in them.
 */
export type StatementFigures = {
  /** As people quote it: `S-000042`. */
  number: string
  /** Random: whoever knows the fingerprint has seen the paper. */
  publicId: string
  /** The site's name, or the organisation's. */
  subject: string
  subjectAddress: string | null
  /** Site owner, or operator, it is made for. */
  recipient: string | null
  siteCount: number
  frequency: Frequency
  fromDay: string
  toDay: string
  zone: string
  closedAt: string
  sums: StatementSums
  /** The period before, as it is known now; null where the site had no sessions then. */
  before: (Sum & { words: string; currency: string | null }) | null
  /** Sessions of the period whose price was not final when it was closed. */
  heldBack: number
}

export const numberOf = (id: number): string => `S-${String(id).padStart(6, '0')}`
