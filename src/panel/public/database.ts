import { createPool, type Pool } from '@/db/pool'
import { env } from '@/platform/env'

let pool: Pool | null = null

/** Few connections of their own: what strangers ask for must not keep the panel waiting. */
export function publicPool(): Pool {
  pool ??= createPool(env().databaseUrl, { max: 2, name: 'cpms-public', statementTimeoutMs: 4_000 })
  return pool
}

export async function closePublicPool(): Promise<void> {
  const open = pool
  pool = null
  await open?.end()
}
