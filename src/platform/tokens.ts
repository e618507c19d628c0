import { createHash, randomBytes } from 'node:crypto'

/** A token for a driver's hand, and what is kept of it. 256 random bits: nothing to guess, nothing to forge. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashToken(token) }
}

/** A fast hash is enough for what is random; only people's passwords need a slow one. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
