import { promoteCredential } from '@/db/queries/chargerCredentials'
import { findCharger, type ChargerAccount } from '@/db/queries/findCharger'
import type { Pool } from '@/db/pool'
import { hashSecret, verifySecret, type StoredSecret } from '@/platform/credentials'
import { publicId } from '@/platform/ids'
import type { FoundCharger } from './handshake'
import { quirksOf } from './quirks'

/** What a new connection needs of the charger's row. */
export type Standing = Pick<ChargerAccount, 'connectionId' | 'registration'>

export type Accounts = {
  find(identity: string): Promise<FoundCharger | null>
  /** `null` is nobody: the same work, and the answer is false. */
  verify(chargerId: number | null, password: Buffer): Promise<boolean>
  standingOf(charger: FoundCharger): Standing
}

/**
 * Who a charger is and whether it is the one it says it is. Secrets are kept between the two questions only: ten
 * thousand idle connections should not hold ten thousand rows of what they once sent us.
 */
export function createAccounts(pool: Pool, chargerKey: Buffer): Accounts {
  const standings = new WeakMap<FoundCharger, Standing>()
  const asked = new Map<
    number,
    { secret: StoredSecret; next: StoredSecret | null; times: number }
  >()
  const nobody = hashSecret(chargerKey, publicId())

  function take(
    chargerId: number | null,
  ): { secret: StoredSecret; next: StoredSecret | null } | null {
    const entry = chargerId === null ? undefined : asked.get(chargerId)
    if (chargerId === null || !entry) return null
    entry.times -= 1
    if (entry.times <= 0) asked.delete(chargerId)
    return entry
  }

  return {
    async find(identity) {
      const account = await findCharger(pool, identity)
      if (!account) return null
      const { chargerId, secret, nextSecret: next, connectionId, registration } = account
      if (secret) {
        const times = (asked.get(chargerId)?.times ?? 0) + 1
        asked.set(chargerId, { secret, next, times })
      }
      const found = {
        chargerId,
        identity: account.identity,
        isDisabled: false,
        securityProfile: account.securityProfile,
        unsecuredUntil: account.unsecuredUntil,
        assumesOcpp16: account.assumesOcpp16 || quirksOf(account.make).assumesOcpp16,
      }
      standings.set(found, { connectionId, registration })
      return found
    },
    async verify(chargerId, password) {
      const known = take(chargerId)
      if (verifySecret(chargerKey, known?.secret ?? nobody, password)) return known !== null
      if (chargerId === null || !known?.next || !verifySecret(chargerKey, known.next, password))
        return false
      // it has taken its new password: the old one is worth nothing from here on (SEC-04)
      await promoteCredential(pool, chargerId, known.next.hash)
      return true
    },
    standingOf: (charger) => standings.get(charger) ?? { connectionId: 0, registration: null },
  }
}
