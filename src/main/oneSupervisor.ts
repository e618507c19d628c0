import pg from 'pg'

import { StartProblem } from './problem'

const key = `hashtext('cpms supervisor')`

/**
 * This data directory has one supervisor. The lock is the database's and ends with its connection, so a killed
 * supervisor leaves none behind. Call again after Postgres was restarted.
 */
export async function beTheOnlySupervisor(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client({ ...config, application_name: `cpms supervisor ${process.pid}` })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_lock(${key}) as taken`,
  )
  if (rows[0]?.taken) return client
  const holder = await client.query<{ application_name: string }>(
    `select a.application_name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and l.objid = ${key}::bit(32)::bigint`,
  )
  await client.end()
  const pid = /\d+$/.exec(holder.rows[0]?.application_name ?? '')?.[0]
  throw new StartProblem(
    `It is running already with this data directory${pid ? ` (process ${pid})` : ''}. Stop that one first, or start a second ` +
      'installation with its own CPMS_DATA_DIR, PORT, OCPP_PORT and LIVE_PORT.',
  )
}
