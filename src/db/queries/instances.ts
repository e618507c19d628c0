import type { Pool } from '../pool'

/** "I live": a process whose row grows old has lost its chargers (`offlineChargers`). */
export async function touchInstance(pool: Pool, id: string, role: string): Promise<void> {
  await pool.query(
    `insert into telemetry.instances (id, role) values ($1, $2)
     on conflict (id) do update set seen_at = now()`,
    [id, role],
  )
}

export async function removeInstance(pool: Pool, id: string): Promise<void> {
  await pool.query('delete from telemetry.instances where id = $1', [id])
}

/** The partitions of this month and the next two, for the frame log and the samples. */
export async function ensurePartitions(pool: Pool): Promise<void> {
  await pool.query('select telemetry.ensure_partitions(now())')
}
