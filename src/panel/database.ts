import { createPool, type Pool } from '@/db/pool'
import { env } from '@/platform/env'

let pool: Pool | null = null
let asked: { at: number; isUp: Promise<boolean> } | null = null

/** `isDatabaseUp`: asked at most once a second, whoever asks; never throws and never takes longer than a few seconds. */
export function isDatabaseUp(): Promise<boolean> {
  const now = Date.now()
  if (!asked || now - asked.at > 1_000) asked = { at: now, isUp: ping() }
  return asked.isUp
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
    return false
  }
}
