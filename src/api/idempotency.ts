import { createHash } from 'node:crypto'

import type { Pool, Sql } from '@/db/pool'
import type { SignedInDriver } from '@/db/queries/app/signIns'
import { claimKey, forgetKey, keepAnswer } from '@/db/queries/app/idempotencyKeys'
import { withTransaction } from '@/db/tx'
import { problem, type Operation, type Reply } from './operation'

export type Once = {
  operation: Operation
  request: Request
  driver: SignedInDriver
  params: Readonly<Record<string, string>>
  body: string
  run(sql: Sql): Promise<Reply>
}

/**
 * `answerOnce`: the operation and its key become true together, in one transaction. A second request with the key waits
 * for the first, then gets its answer; a process that dies in between has done nothing. A refusal is not kept, so that
 * the same key works once the reason is gone.
 */
export async function answerOnce(pool: Pool, once: Once): Promise<Reply> {
  const key = once.request.headers.get('idempotency-key') ?? ''
  if (!/^[\x21-\x7e]{8,255}$/.test(key))
    return problem(
      'idempotency-key-missing',
      'Send Idempotency-Key: 8 to 255 printable characters, new for each new wish, the same for each retry of it (a UUID, say).',
    )
  const hash = createHash('sha256')
    .update(JSON.stringify([once.operation.id, once.params, once.body]))
    .digest()
  return withTransaction(pool, async (sql) => {
    const kept = await claimKey(sql, once.driver.id, key, hash)
    if (kept) {
      if (!kept.requestHash.equals(hash))
        return problem(
          'idempotency-key-reused',
          'This Idempotency-Key was used for another request. Make a new one for a new wish.',
        )
      return {
        kind: 'ok',
        status: kept.status,
        body: kept.body === null ? undefined : (JSON.parse(kept.body) as unknown),
        headers: { 'Idempotency-Replayed': 'true' },
      }
    }
    const reply = await once.run(sql)
    if (reply.kind === 'ok')
      await keepAnswer(sql, once.driver.id, key, {
        status: reply.status,
        body: reply.body === undefined ? null : JSON.stringify(reply.body),
      })
    else await forgetKey(sql, once.driver.id, key)
    return reply
  })
}
