/**
 * A process of its own that brings the database forward and makes the first Super Admin, then ends: Payload boots
 * once, under a lock that lets one do it at a time, before any port is open.
 */
import config from '@payload-config'
import pg from 'pg'
import { getPayload, type Migration } from 'payload'

import { migrations } from '@/migrations'
import { env, EnvProblem } from '@/platform/env'
import { ensureFirstAdmin } from '@/seed/firstRun'

import { gently } from './gently'
import { say } from './say'

try {
  const settings = env()
  const lock = new pg.Client({
    connectionString: settings.databaseUrl,
    application_name: 'cpms migrate',
  })
  await lock.connect()
  await lock.query(`select pg_advisory_lock(hashtext('cpms migrate'))`)
  const payload = await getPayload({ config, disableOnInit: true })
  await payload.db.migrate({ migrations: gently(migrations) as Migration[] })
  if (!process.argv.includes('--without-admin')) {
    const admin = await ensureFirstAdmin(payload, {
      email: settings.adminEmail,
      password: settings.adminPassword,
    })
    if (admin) say(welcome(admin.email, admin.oneTimePassword))
  }
  await lock.end()
  process.exit(0)
} catch (error) {
  process.stderr.write(
    `${error instanceof EnvProblem ? error.message : String((error as Error).stack ?? error)}\n`,
  )
  process.exit(1)
}

function welcome(email: string, password: string | null): string {
  const secret = password
    ? `\n  One-time password  ${password}   (shown only now; change it after signing in)`
    : ''
  return `\n  First Super Admin  ${email}${secret}\n`
}
