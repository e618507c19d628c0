import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

import { env } from './env'

const prefix = 'sealed.v1.'

/**
 * `seal`: a secret that we have to use again ourselves (of a webhook), as it may lie in the database: AES-256-GCM under
 * a key derived from the panel's secret. `what` is bound to it, so that a value copied to another place does not open.
 */
export function seal(secret: string, what: string, key: Buffer = sealKey()): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(what))
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return prefix + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** `unseal`: the secret again; null for what was not sealed with this key for this use. */
export function unseal(sealed: string, what: string, key: Buffer = sealKey()): string | null {
  if (!sealed.startsWith(prefix)) return null
  const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url')
  if (bytes.length < 28) return null
  try {
    const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      .setAAD(Buffer.from(what))
      .setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([opener.update(bytes.subarray(28)), opener.final()]).toString('utf8')
  } catch {
    return null
  }
}

function sealKey(): Buffer {
  return Buffer.from(hkdfSync('sha256', env().payloadSecret, '', 'cpms sealed values v1', 32))
}
