/** A worker that does nothing but settle, until it is killed; `DATABASE_URL` says where. */
import { createPool } from '@/db/pool'
import { tendCharges } from '@/jobs/definitions/driverCharges'

const pool = createPool(process.env['DATABASE_URL'] ?? '', { name: 'cpms-killed', max: 2 })
pool.on('error', () => {})
process.stdout.write('ready\n')
for (;;)
  await tendCharges({
    pool,
    now: () => new Date(),
    log: { info: () => {}, warn: () => {} },
  }).catch(() => {})
