import { locationOf, placeholderIn, withToken, type Placeholder } from '@/commands/fileLinks'
import { keptSecret, withPassword } from '@/commands/newPassword'
import type { Pool } from '@/db/pool'
import { readNextSecret } from '@/db/queries/chargerCredentials'
import { mintTransfer } from '@/db/queries/transfers'
import { randomSecret } from '@/platform/ids'
import { unseal } from '@/platform/seal'
import { hashOf } from './door'

/** A link for a day: a charger may wait for a session to end before it downloads. */
const linkForMs = 24 * 3_600_000

export type Links = {
  /**
   * The payload as it goes out: a placeholder becomes a link for this charger, made now, of which only the hash is
   * kept. Null where its file is gone. A new password, sealed until now, is put in. Everything else goes out as it is.
   */
  fill(command: {
    id: number
    chargerId: number
    action: string
    payloadText: string
  }): Promise<string | null>
}

export function createLinks(context: { pool: Pool; filesUrl: string; now: () => Date }): Links {
  const { pool, filesUrl, now } = context
  return {
    async fill({ id, chargerId, action, payloadText }) {
      if (action === 'ChangeConfiguration' && payloadText.includes(keptSecret)) {
        const sealed = await readNextSecret(pool, chargerId, id)
        const password = sealed && unseal(sealed, 'charger-password')
        return password ? withPassword(payloadText, password) : null
      }
      const found = placeholderOf(filesUrl, action, payloadText)
      if (!found) return payloadText
      const token = randomSecret()
      const isMade = await mintTransfer(pool, {
        hash: hashOf(token),
        ...found.stands,
        chargerId,
        commandId: id,
        expiresAt: new Date(now().getTime() + linkForMs),
      })
      const filled = withToken(found.location, found.stands, token)
      // In the text, so that the order of its members stays.
      return isMade
        ? payloadText.replace(JSON.stringify(found.location), () => JSON.stringify(filled))
        : null
    },
  }
}

function placeholderOf(
  filesUrl: string,
  action: string,
  payloadText: string,
): { location: string; stands: Placeholder } | null {
  const payload = JSON.parse(payloadText) as Record<string, unknown>
  const location = locationOf(action, payload)
  if (typeof location !== 'string') return null
  const stands = placeholderIn(filesUrl, location)
  return stands && { location, stands }
}
