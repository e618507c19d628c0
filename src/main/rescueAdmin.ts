/**
 * `npm run admin:rescue -- you@example.com`: for whoever has the machine and has lost the panel. The person is a Super
 * Admin (and is made, where the address is new), is not suspended or locked, has no second factor, and can set a
 * password with the link that is printed once. It stands in the audit log like any other change.
 */
import { randomBytes } from 'node:crypto'

import { createPool } from '@/db/pool'
import { rescueAdmin } from '@/db/queries/rescueAdmin'
import { withTransaction } from '@/db/tx'
import { accountKey } from '@/platform/accountKey'
import { env, EnvProblem } from '@/platform/env'

import { say } from './say'

const validMinutes = 60

try {
  const email = (process.argv[2] ?? '').trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(email))
    throw new EnvProblem('Name the person: npm run admin:rescue -- you@example.com')
  const settings = env()
  const token = randomBytes(20).toString('hex')
  const pool = createPool(settings.databaseUrl, { name: 'cpms rescue' })
  const now = new Date()
  const until = new Date(now.getTime() + validMinutes * 60_000)
  const account = accountKey(email)
  const tryKeys = [account, `forgot:${account}`]
  const { isNew } = await withTransaction(pool, (sql) =>
    rescueAdmin(sql, { email, token, until, tryKeys, now }),
  )
  await pool.end()
  say(
    `\n  ${email} is a Super Admin${isNew ? ' (a new user)' : ''}.\n` +
      `  Set a password within ${validMinutes} minutes, with this link, once:\n\n  ${settings.publicUrl}/admin/reset/${token}\n`,
  )
} catch (error) {
  const text = error instanceof EnvProblem ? error.message : String((error as Error).stack)
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
}
