import pg from 'pg'

pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export type Pool = pg.Pool
export type Sql = Pick<pg.Pool | pg.PoolClient, 'query'>

/**
 * One pool per process. Every wait has an end (a stopped Postgres, not a crashed one, would otherwise hold a caller
 * for ever): connect 3 s, statement 5 s, whole query 8 s. Reports pass a longer `statementTimeoutMs`.
 */
export function createPool(
  connectionString: string,
  options: { max?: number; name?: string; statementTimeoutMs?: number } = {},
): Pool {
  const statementTimeoutMs = options.statementTimeoutMs ?? 5_000
  const pool = new pg.Pool({
    connectionString,
    max: options.max ?? 8,
    application_name: options.name ?? 'cpms',
    connectionTimeoutMillis: 3_000,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 3_000,
    idle_in_transaction_session_timeout: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  })
  // An idle client whose server went away must not end the process; the next query reconnects.
  pool.on('error', () => {})
  return pool
}
