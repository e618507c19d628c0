import { randomBytes } from 'node:crypto'

import pg from 'pg'

import { createPool, type Pool } from '@/db/pool'
import { sleep } from '@/platform/clock'

export type TestDatabase = {
  url: string
  pool: Pool
  /** Drops it; connections that are still open are cut. */
  close(): Promise<void>
}

/** A database of its own: a clone of the migrated template that the test run made (about 50 ms). */
export const testDatabase = (): Promise<TestDatabase> => makeDatabase('cpms_template')

/** One with nothing in it, for what brings a database forward by itself. */
export const emptyDatabase = (): Promise<TestDatabase> => makeDatabase('template0')

async function makeDatabase(template: string): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await asOwner(`create database ${name} template ${template}`)
  const url = urlOf(name)
  const pool = createPool(url, { name: 'cpms-test' })
  return {
    url,
    pool,
    async close() {
      await pool.end()
      await drop(name)
    },
  }
}

/** While a vacuum of the server's own looks at it, nobody but a superuser may force it away: then once more. */
async function drop(name: string, triesLeft = 5): Promise<void> {
  try {
    await asOwner(`drop database if exists ${name} with (force)`)
  } catch (error) {
    if ((error as { code?: string }).code !== '42501' || triesLeft === 0) throw error
    await sleep(1_000)
    await drop(name, triesLeft - 1)
  }
}

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf('postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function urlOf(database: string): string {
  const running = process.env.TEST_DATABASE_URL
  if (!running)
    throw new Error(
      'No test database: this test belongs to the integration project (npm run test:int).',
    )
  const url = new URL(running)
  url.pathname = `/${database}`
  return url.href
}
