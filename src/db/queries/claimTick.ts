import type { Sql } from '../pool'

/** `claimTick`: true for the one worker that may run this job's turn at `slot`; false for all others, now and later. */
export async function claimTick(sql: Sql, job: string, slot: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    'insert into telemetry.ticks (job, slot) values ($1, $2) on conflict do nothing',
    [job, slot],
  )
  return rowCount === 1
}

/** `lastTick`: the latest turn of a job that any worker has taken. */
export async function lastTick(sql: Sql, job: string): Promise<Date | null> {
  const { rows } = await sql.query<{ slot: Date | null }>(
    'select max(slot) as slot from telemetry.ticks where job = $1',
    [job],
  )
  return rows[0]?.slot ?? null
}

/** `pruneTicks`: forgets turns before `before`, but never the last one of a job, which says when it ran. */
export async function pruneTicks(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query(
    `delete from telemetry.ticks t where slot < $1
        and exists (select from telemetry.ticks later where later.job = t.job and later.slot > t.slot)`,
    [before],
  )
  return rowCount ?? 0
}
