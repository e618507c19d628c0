import { createPool, type Pool } from '@/db/pool'
import { env } from '@/platform/env'

/** How long a "no" is believed; a "yes" only tells of its own instant. */
const downForMs = 1_000

let pool: Pool | null = null
let asking: Promise<boolean> | null = null
let downSince = 0

/**
 * `isDatabaseUp`: asked now, by one connection at a time: whoever asks meanwhile shares the answer, so that a storm of
 * refused requests costs one statement. Never throws, and never takes longer than a few seconds.
 */
export function isDatabaseUp(): Promise<boolean> {
  if (Date.now() - downSince < downForMs) return Promise.resolve(false)
  asking ??= ping().finally(() => (asking = null))
  return asking
}

async function ping(): Promise<boolean> {
  try {
    pool ??= createPool(env().databaseUrl, {
      max: 1,
      name: 'cpms-health',
      statementTimeoutMs: 1_500,
    })
    await pool.query('select 1')
    return true
  } catch {
    downSince = Date.now()
    return false
  }
}
