import type { Pool, Sql } from './pool'

/**
 * One state of the database to read from for a while: rows, sums and counts that are asked one after the other agree,
 * whatever is written meanwhile.
 */
export type Snapshot = {
  sql: Sql
  /**
   * The rows of a statement in batches, as arrays in the order of its columns; the next batch is on its way while one is
   * worked on. One stream at a time.
   */
  stream(text: string, values: readonly unknown[]): AsyncGenerator<unknown[][]>
  close(): Promise<void>
}

/** The first batch is small: whoever waits sees something at once. */
const firstRows = 200
const batchRows = 4_000
/** A reader that takes nothing for so long is gone; its snapshot must not keep the dead rows of the whole database. */
const idleMs = 120_000

/** `openSnapshot`: a read-only transaction on a connection of its own; `close` it whatever happens. */
export async function openSnapshot(pool: Pool): Promise<Snapshot> {
  const client = await pool.connect()
  // a connection that is lost between two statements is told by the next one
  const onError = () => {}
  client.on('error', onError)
  let cursors = 0
  let isClosed = false
  const close = async (error?: Error) => {
    if (isClosed) return
    isClosed = true
    const ended = await client.query('rollback').then(
      () => error,
      (failure: Error) => failure,
    )
    client.off('error', onError)
    client.release(ended)
  }
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    await client.query(`set local idle_in_transaction_session_timeout = ${idleMs}`)
    // times are written into files as Postgres says them
    await client.query(`set local datestyle = 'ISO, YMD'`)
  } catch (error) {
    await close(error as Error)
    throw error
  }

  async function* stream(text: string, values: readonly unknown[]): AsyncGenerator<unknown[][]> {
    const cursor = `rows_${++cursors}`
    await client.query(`declare ${cursor} no scroll cursor for ${text}`, [...values])
    const fetch = (rows: number) =>
      client.query<unknown[]>({ text: `fetch forward ${rows} from ${cursor}`, rowMode: 'array' })
    let pending = fetch(firstRows)
    let size = firstRows
    try {
      for (;;) {
        const { rows } = await pending
        const isLast = rows.length < size
        size = batchRows
        if (!isLast) {
          pending = fetch(size)
          // it is awaited in the next turn, or by the end below
          pending.catch(() => {})
        }
        if (rows.length > 0) yield rows
        if (isLast) break
      }
    } finally {
      await pending.catch(() => {})
      if (!isClosed) await client.query(`close ${cursor}`).catch(() => {})
    }
  }
  return { sql: client, stream, close: () => close() }
}
