import type { Pool, Sql } from './pool'

const retryable = new Set(['40001', '40P01'])

/** Runs `work` in one transaction; a serialisation failure or a deadlock is tried again, three times at most. */
export async function withTransaction<T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect()
    // a connection that is cut while nobody asks it anything says so here; unheard, that ends the process
    let isCut = false
    const onCut = () => (isCut = true)
    client.on('error', onCut)
    try {
      await client.query('begin')
      const result = await work(client)
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => {})
      if (attempt >= 3 || !retryable.has((error as { code?: string }).code ?? '')) throw error
    } finally {
      client.off('error', onCut)
      client.release(isCut)
    }
  }
}

/** Runs `work` in a transaction that is taken back whatever comes of it: what would be, without its being so. */
export async function withRollback<T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    return await work(client)
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}
