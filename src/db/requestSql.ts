import type { Sql } from './pool'

/** As much of Payload's request as is needed here; `db` room code does not import Payload. */
export type DatabaseRequest = {
  payload: { db: unknown }
  transactionID?: number | string | Promise<number | string> | undefined
}

/**
 * `requestSql`: plain SQL in the transaction that Payload has open for this request, so that a row of ours commits or
 * vanishes with the document it belongs to; on the pool where there is none.
 */
export async function requestSql(req: DatabaseRequest): Promise<Sql> {
  const adapter = req.payload.db as { pool: Sql; sessions?: Record<string, { db?: unknown }> }
  const id = await req.transactionID
  const open = id === undefined ? undefined : adapter.sessions?.[String(id)]
  if (!open) return adapter.pool
  // drizzle's transaction holds the pg client it was begun on
  const client = (open.db as { session?: { client?: Sql } } | undefined)?.session?.client
  if (typeof client?.query !== 'function') {
    throw new Error('the client of the open transaction was not found: has drizzle changed?')
  }
  return client
}

/** The pool behind Payload, for what must be kept although the request fails and rolls back. */
export function poolOf(req: Pick<DatabaseRequest, 'payload'>): Sql {
  return (req.payload.db as { pool: Sql }).pool
}
