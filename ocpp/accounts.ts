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
  const asked = new Map<number, { secret: StoredSecret; times: number }>()
  const nobody = hashSecret(chargerKey, publicId())

  function take(chargerId: number | null): StoredSecret | null {
    const entry = chargerId === null ? undefined : asked.get(chargerId)
    if (chargerId === null || !entry) return null
    entry.times -= 1
    if (entry.times <= 0) asked.delete(chargerId)
    return entry.secret
  }

  return {
    async find(identity) {
      const account = await findCharger(pool, identity)
      if (!account) return null
      const { chargerId, secret, connectionId, registration } = account
      if (secret) asked.set(chargerId, { secret, times: (asked.get(chargerId)?.times ?? 0) + 1 })
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
      const secret = take(chargerId)
      return verifySecret(chargerKey, secret ?? nobody, password) && secret !== null
    },
    standingOf: (charger) => standings.get(charger) ?? { connectionId: 0, registration: null },
  }
}
