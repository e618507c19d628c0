import type { Pool } from '../pool'

export type ChargerAccount = {
  chargerId: number
  /** In its canonical spelling. */
  identity: string
  /** Somebody has ticked that it names no protocol (QUIRKS 1). */
  assumesOcpp16: boolean
  /** The least it must show: 0 to 3; 0 counts until that instant only. */
  securityProfile: number
  unsecuredUntil: Date | null
  /** As it told at its last boot; null before the first. */
  make: { vendor: string; model: string; firmwareVersion: string | null } | null
  /** null before the first accepted boot. */
  registration: string | null
  /** null where no credential was ever issued: then nobody can sign in as it. */
  secret: { salt: Buffer; hash: Buffer } | null
  /** One it was told over OCPP and did not refuse. */
  nextSecret: { salt: Buffer; hash: Buffer } | null
  /** Ascends over all processes; the connection that is opened with it wins over all with smaller ones. */
  connectionId: number
}

/** The charger of this identity, in any case of letters, with what signing in needs. Index: chargers_identity_lower_idx. */
export async function findCharger(pool: Pool, identity: string): Promise<ChargerAccount | null> {
  const { rows } = await pool.query<
    Omit<ChargerAccount, 'secret' | 'nextSecret' | 'make'> & {
      salt: Buffer | null
      hash: Buffer | null
      nextSalt: Buffer | null
      nextHash: Buffer | null
      vendor: string | null
      model: string | null
      firmwareVersion: string | null
    }
  >({
    name: 'find-charger',
    text: `select ch.id "chargerId", ch.identity, st.registration_status registration, k.salt, k.hash,
                  case when c.status in ('sent', 'accepted', 'timeout', 'failed') then k.next_salt end "nextSalt",
                  case when c.status in ('sent', 'accepted', 'timeout', 'failed') then k.next_hash end "nextHash",
                  coalesce(ch.assumes_ocpp16, false) "assumesOcpp16",
                  coalesce(ch.security_profile::text, '1')::int "securityProfile", ch.unsecured_until "unsecuredUntil", st.vendor, st.model, st.firmware_version "firmwareVersion",
                  nextval('telemetry.connection_ids') "connectionId"
             from chargers ch
             join charger_states st on st.id = ch.state_id
             left join telemetry.charger_credentials k on k.charger_id = ch.id
             left join commands c on c.id = k.next_command_id
            where lower(ch.identity) = lower($1)`,
    values: [identity],
  })
  const row = rows[0]
  if (!row) return null
  const { salt, hash, nextSalt, nextHash, vendor, model, firmwareVersion, ...account } = row
  return {
    ...account,
    secret: salt && hash ? { salt, hash } : null,
    nextSecret: nextSalt && nextHash ? { salt: nextSalt, hash: nextHash } : null,
    make: vendor !== null && model !== null ? { vendor, model, firmwareVersion } : null,
  }
}

/** A refused handshake, for the connection doctor. */
export async function noteHandshake(
  pool: Pool,
  refusal: { identity: string | null; remoteAddress: string; cause: string; detail: string },
): Promise<void> {
  await pool.query(
    `insert into telemetry.handshakes (identity, remote_address, cause, detail) values ($1, $2, $3, $4)`,
    [refusal.identity, refusal.remoteAddress, refusal.cause, refusal.detail],
  )
}
