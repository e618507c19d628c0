import type { Sql } from '../../pool'

export type KeptAnswer = { requestHash: Buffer; status: number; body: string | null }

/**
 * `claimKey`: null where the key is ours now; else what it was used for. Run in a transaction: a second claimer waits on
 * the unique index until the first has committed or vanished.
 */
export async function claimKey(
  sql: Sql,
  driverId: number,
  key: string,
  requestHash: Buffer,
): Promise<KeptAnswer | null> {
  const { rowCount } = await sql.query(
    `insert into app.idempotency_keys (driver_id, key, request_hash) values ($1, $2, $3)
     on conflict (driver_id, key) do nothing`,
    [driverId, key, requestHash],
  )
  if (rowCount === 1) return null
  const { rows } = await sql.query<KeptAnswer>(
    `select request_hash as "requestHash", status, body from app.idempotency_keys where driver_id = $1 and key = $2`,
    [driverId, key],
  )
  return rows[0] ?? null
}

export async function keepAnswer(
  sql: Sql,
  driverId: number,
  key: string,
  answer: { status: number; body: string | null },
): Promise<void> {
  await sql.query(
    'update app.idempotency_keys set status = $3, body = $4 where driver_id = $1 and key = $2',
    [driverId, key, answer.status, answer.body],
  )
}

export async function forgetKey(sql: Sql, driverId: number, key: string): Promise<void> {
  await sql.query('delete from app.idempotency_keys where driver_id = $1 and key = $2', [
    driverId,
    key,
  ])
}

/** Whoever retries after two days wishes anew. */
export async function pruneKeys(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `delete from app.idempotency_keys where created_at < $1::timestamptz - interval '2 days'`,
    [now],
  )
}
