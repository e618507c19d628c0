import type { Sql } from '../pool'

/** `storeCredential`: from its transaction's commit on, this is the charger's only secret. */
export async function storeCredential(
  sql: Sql,
  chargerId: number,
  stored: { salt: Buffer; hash: Buffer },
): Promise<void> {
  await sql.query(
    `insert into telemetry.charger_credentials (charger_id, salt, hash, created_at) values ($1, $2, $3, now())
     on conflict (charger_id) do update set salt = excluded.salt, hash = excluded.hash, created_at = excluded.created_at,
       next_salt = null, next_hash = null, next_sealed = null, next_command_id = null`,
    [chargerId, stored.salt, stored.hash],
  )
}

/** `storeNextCredential`: a secret on its way to the charger; the present one holds until the charger has used it. */
export async function storeNextCredential(
  sql: Sql,
  chargerId: number,
  next: { salt: Buffer; hash: Buffer; sealed: string; commandId: number },
): Promise<void> {
  await sql.query(
    `update telemetry.charger_credentials set next_salt = $2, next_hash = $3, next_sealed = $4, next_command_id = $5
      where charger_id = $1`,
    [chargerId, next.salt, next.hash, next.sealed, next.commandId],
  )
}

/** `readNextSecret`: sealed, for the command that carries it; null where another has taken its place. */
export async function readNextSecret(
  sql: Sql,
  chargerId: number,
  commandId: number,
): Promise<string | null> {
  const { rows } = await sql.query<{ sealed: string | null }>(
    `select next_sealed sealed from telemetry.charger_credentials where charger_id = $1 and next_command_id = $2`,
    [chargerId, commandId],
  )
  return rows[0]?.sealed ?? null
}

/** `promoteCredential`: the charger has signed in with its next secret, so that is its only one (SEC-04). */
export async function promoteCredential(sql: Sql, chargerId: number, hash: Buffer): Promise<void> {
  await sql.query(
    `update telemetry.charger_credentials
        set salt = next_salt, hash = next_hash, created_at = now(),
            next_salt = null, next_hash = null, next_sealed = null, next_command_id = null
      where charger_id = $1 and next_hash = $2`,
    [chargerId, hash],
  )
}
