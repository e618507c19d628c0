import type { Sql } from '../pool'

/** `storeCredential`: from its transaction's commit on, this is the charger's only secret. */
export async function storeCredential(
  sql: Sql,
  chargerId: number,
  stored: { salt: Buffer; hash: Buffer },
): Promise<void> {
  await sql.query(
    `insert into telemetry.charger_credentials (charger_id, salt, hash, created_at) values ($1, $2, $3, now())
     on conflict (charger_id) do update set salt = excluded.salt, hash = excluded.hash, created_at = excluded.created_at`,
    [chargerId, stored.salt, stored.hash],
  )
}
