import type { Sql } from '../pool'

/**
 * `framePartitionsBefore`: the monthly partitions of the frame log that hold nothing after `before`. The month is in
 * the name (`frames_202611`), made by `telemetry.ensure_partitions`.
 */
export async function framePartitionsBefore(sql: Sql, before: Date): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `select c.relname as name from pg_inherits h join pg_class c on c.oid = h.inhrelid
      where h.inhparent = 'telemetry.frames'::regclass and c.relname ~ '^frames_[0-9]{6}$'
        and (to_date(substr(c.relname, 8), 'YYYYMM') + interval '1 month') at time zone 'UTC' <= $1
      order by 1`,
    [before],
  )
  return rows.map((row) => row.name)
}

/** `dropFramePartition`: gives up after 2 s rather than hold up the writer behind its lock. */
export async function dropFramePartition(sql: Sql, name: string): Promise<void> {
  if (!/^frames_\d{6}$/.test(name)) throw new Error(`not a partition of the frame log: ${name}`)
  await sql.query(`set local lock_timeout = '2s'`)
  await sql.query(`drop table telemetry.${name}`)
}

/** `pruneDefaultFrames`: what the default partition took (device clocks of 1970 do not land there, `at` is ours). */
export async function pruneDefaultFrames(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query('delete from telemetry.frames_default where at < $1', [
    before,
  ])
  return rowCount ?? 0
}

export async function ensurePartitions(sql: Sql, now: Date): Promise<void> {
  await sql.query('select telemetry.ensure_partitions($1)', [now])
}
