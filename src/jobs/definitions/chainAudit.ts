import { createHash } from 'node:crypto'

import {
  addLinks,
  lastLink,
  lockChain,
  noteCheck,
  readChain,
  unchained,
  type ChainedRow,
  type NewLink,
} from '../../db/queries/auditChain'
import type { Pool, Sql } from '../../db/pool'
import { withTransaction } from '../../db/tx'
import type { JobDefinition } from '../job'

const atOnce = 2_000
const nothing = Buffer.alloc(32)

/**
 * Links new rows of the audit log to all before them: each link is the hash of the last one and of its row. Apart from
 * what writes the rows, which would otherwise wait for each other; a row is in the chain seconds later.
 */
export const chainAudit: JobDefinition = {
  name: 'chainAudit',
  expression: '*/5 * * * * *',
  async run({ pool }) {
    await linkNewRows(pool)
  },
}

export const verifyAuditJob: JobDefinition = {
  name: 'verifyAudit',
  expression: '0 20 3 * * *',
  catchUpAfterMs: 24 * 3_600_000,
  async run({ pool, log }) {
    const found = await checkAudit(pool)
    if (found.broken)
      log.warn(
        { auditId: found.broken.auditId, why: found.broken.why },
        'THE AUDIT LOG WAS CHANGED',
      )
    else log.info({ rows: found.rows }, 'the audit log is whole')
  },
}

/** `linkNewRows`: how many rows were linked. Any number of workers: one of them does it. */
export async function linkNewRows(pool: Pool): Promise<number> {
  let linked = 0
  for (let count = atOnce; count === atOnce; linked += count)
    count = await withTransaction(pool, (sql) => linkSome(sql))
  return linked
}

async function linkSome(sql: Sql): Promise<number> {
  if (!(await lockChain(sql))) return 0
  const rows = await unchained(sql, atOnce)
  if (rows.length === 0) return 0
  const last = await lastLink(sql)
  let [seq, hash] = [last?.seq ?? 0, last?.hash ?? nothing]
  const links = rows.map(({ auditId, userId, siteId, row }): NewLink => {
    seq++
    hash = linkTo(hash, row ?? '')
    return { seq, auditId, userId, siteId, hash }
  })
  await addLinks(sql, links)
  return rows.length
}

/** `checkAudit`: verifies and keeps what was found, for the page of the log. */
export async function checkAudit(pool: Pool): Promise<Verified> {
  const found = await verifyAudit(pool)
  const { broken, rows } = found
  await noteCheck(pool, { rows, brokenId: broken?.auditId ?? null, why: broken?.why ?? null })
  return found
}

export type Verified = { rows: number; broken: { auditId: number; why: string } | null }

/** `verifyAudit`: follows the chain from its beginning to the first row that is gone or is not what it was. */
export async function verifyAudit(pool: Sql): Promise<Verified> {
  let [seq, rows, hash] = [0, 0, nothing as Buffer]
  for (;;) {
    const links = await readChain(pool, seq, atOnce)
    for (const link of links) {
      const why = brokenBy(link, link.seq === seq + 1 ? hash : null)
      if (why) return { rows, broken: { auditId: link.auditId, why } }
      ;[seq, hash] = [link.seq, link.hash]
      rows++
    }
    if (links.length < atOnce) return { rows, broken: null }
  }
}

function brokenBy(link: ChainedRow & { hash: Buffer }, before: Buffer | null): string | null {
  if (before === null) return 'a link before it is missing'
  if (link.row === null) return 'it was deleted'
  const isNamed = (now: number | null, then: number | null) => now === null || now === then
  if (!isNamed(link.userNow, link.userId) || !isNamed(link.siteNow, link.siteId))
    return 'its user or site was changed'
  return linkTo(before, link.row).equals(link.hash) ? null : 'it was changed'
}

function linkTo(before: Buffer, row: string): Buffer {
  return createHash('sha256').update(before).update(row, 'utf8').digest()
}
