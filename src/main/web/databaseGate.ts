import { createPool } from '@/db/pool'

export type DatabaseGate = {
  /** The database answered within the last half second, or answers now. */
  isOpen(): Promise<boolean>
  close(): Promise<void>
}

const freshMs = 500

/**
 * Without a database Payload's access control runs first and answers 403 to everyone; people and monitors must be told
 * 503 instead. One `select 1` at most every half second, shared by all requests.
 */
export function createDatabaseGate(databaseUrl: string): DatabaseGate {
  const pool = createPool(databaseUrl, { max: 1, name: 'cpms-web-gate', statementTimeoutMs: 2_000 })
  let asked: Promise<boolean> = Promise.resolve(false)
  let askedAt = -Infinity
  return {
    isOpen() {
      if (performance.now() - askedAt > freshMs) {
        askedAt = performance.now()
        asked = pool.query('select 1').then(
          () => true,
          () => false,
        )
      }
      return asked
    },
    close: () => pool.end(),
  }
}
