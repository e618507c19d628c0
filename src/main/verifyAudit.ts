/** `npm run audit:verify`: whether every row of the audit log is there as it was written. Ends with 1 where not. */
import { createPool } from '@/db/pool'
import { checkAudit, linkNewRows } from '@/jobs/definitions/chainAudit'
import { env } from '@/platform/env'

import { say } from './say'

const pool = createPool(env().databaseUrl, { name: 'cpms audit', statementTimeoutMs: 60_000 })
await linkNewRows(pool)
const { rows, broken } = await checkAudit(pool)
if (broken)
  say(`Entry ${broken.auditId} of the audit log: ${broken.why}. ${rows} before it are whole.`)
else say(`The audit log is whole: ${rows} entries.`)
await pool.end()
process.exitCode = broken ? 1 : 0
