/** Chargers for the benches and the fault tests, as the panel would have registered them. */
import type { Pool } from '@/db/pool'
import { hashSecret } from '@/platform/credentials'
import { readEnv } from '@/platform/env'
import type { BenchCharger } from './protocol'

/** 20 bytes in hex, as the product issues them: a charger may send that text or the bytes (QUIRKS 7). */
const PASSWORD = 'c17a'.repeat(10)

/**
 * So many private chargers on one site, each with the same password and an active card of its own. Written by SQL: ten
 * thousand through Payload would take minutes.
 */
export async function registerChargers(
  pool: Pool,
  options: { chargers: number; prefix: string; payloadSecret: string },
): Promise<BenchCharger[]> {
  const key = readEnv({ PAYLOAD_SECRET: options.payloadSecret }).chargerKey
  const identities = Array.from(
    { length: options.chargers },
    (_, i) => `${options.prefix}-${String(i + 1).padStart(5, '0')}`,
  )
  const stem = options.prefix
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 10)
  const idTags = identities.map((_, i) => `${stem}${i.toString(16).toUpperCase().padStart(6, '0')}`)
  const site = await pool.query<{ id: number }>(
    `insert into sites (name, address, latitude, longitude, timezone)
     values ('Proving Ground', '1 Test Lane, Leeds', 53.8, -1.55, 'Europe/London') returning id`,
  )
  const made = await pool.query<{ id: number; identity: string }>(
    `with named as (select identity, row_number() over () as n from unnest($1::text[]) identity),
          states as (insert into charger_states (status) select 'NeverConnected' from named returning id),
          numbered as (select id, row_number() over () as n from states)
     insert into chargers (identity, name, site_id, state_id, public_id)
     select identity, identity, $2, numbered.id, md5(identity)
     from named join numbered using (n) returning id, identity`,
    [identities, site.rows[0]!.id],
  )
  const secrets = made.rows.map(() => hashSecret(key, PASSWORD))
  await pool.query(
    `insert into telemetry.charger_credentials (charger_id, salt, hash)
     select * from unnest($1::int[], $2::bytea[], $3::bytea[])`,
    [
      made.rows.map((row) => row.id),
      secrets.map((secret) => secret.salt),
      secrets.map((secret) => secret.hash),
    ],
  )
  await pool.query(
    `insert into rfid_cards (uid, status) select uid, 'active' from unnest($1::text[]) uid`,
    [idTags],
  )
  return identities.map((identity, i) => ({ identity, password: PASSWORD, idTag: idTags[i]! }))
}
