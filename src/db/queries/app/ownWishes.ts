import type { Sql } from '../../pool'

/** What a driver may ask of a charger (rows 29, 31, 32 of the matrix), read from the rows at the moment of the wish. */
export type Own = { sql: Sql; driverId: number; chargerId: number }
type Payload = Readonly<Record<string, unknown>>

/** The token of a start of his own at this connector, not used before. Index: starts_id_tag_key. */
export async function ownsStart(
  { sql, driverId, chargerId }: Own,
  payload: Payload,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from app.starts where id_tag = $1 and driver_id = $2 and charger_id = $3 and connector_number = $4
        and command_id is null`,
    [String(payload['idTag']), driverId, chargerId, Number(payload['connectorId'])],
  )
  return rowCount === 1
}

/** A session of his own that runs. */
export async function ownsRunning(
  { sql, driverId, chargerId }: Own,
  payload: Payload,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from sessions where transaction_id = $1::numeric and driver_id = $2 and charger_id = $3 and stopped_at is null`,
    [Number(payload['transactionId']), driverId, chargerId],
  )
  return rowCount === 1
}

/** The connector where his own session was the last, ended no longer ago than a quarter of an hour. */
export async function ownsPlug(
  { sql, driverId, chargerId }: Own,
  payload: Payload,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from (select driver_id, stopped_at from sessions where charger_id = $3 and connector_number = $1::numeric
                   order by started_at desc limit 1) last
      where driver_id = $2 and stopped_at > now() - interval '15 minutes'`,
    [Number(payload['connectorId']), driverId, chargerId],
  )
  return rowCount === 1
}
