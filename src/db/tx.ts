import type { Pool, Sql } from './pool'

const retryable = new Set(['40001', '40P01'])

/** Runs `work` in one transaction; a serialisation failure or a deadlock is tried again, three times at most. */
export async function withTransaction<T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await onOneConnection(pool, 'commit', work)
    } catch (error) {
      if (attempt >= 3 || !retryable.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

/** Runs `work` in a transaction that is taken back whatever comes of it: what would be, without its being so. */
export const withRollback = <T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> =>
  onOneConnection(pool, 'rollback', work)

async function onOneConnection<T>(
  pool: Pool,
  end: 'commit' | 'rollback',
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  // a connection that is cut while nobody asks it anything says so here; unheard, that ends the process
  let isCut = false
  const onCut = () => (isCut = true)
  client.on('error', onCut)
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query(end)
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.off('error', onCut)
    client.release(isCut)
  }
}
