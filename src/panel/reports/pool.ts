import { createPool, type Pool } from '@/db/pool'
import { env } from '@/platform/env'

let pool: Pool | null = null

/** Connections of their own: a file that takes a minute must not keep the pages of others waiting. */
export function reportPool(): Pool {
  pool ??= createPool(env().databaseUrl, {
    max: 6,
    name: 'cpms-reports',
    statementTimeoutMs: 60_000,
  })
  return pool
}

/** For tests, which drop their database. */
export async function endReportPool(): Promise<void> {
  const ending = pool
  pool = null
  await ending?.end()
}
