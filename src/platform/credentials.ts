import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A charger's secret as it is stored: HMAC-SHA-256(server key, salt || canonical secret). Never the secret itself. */
export type StoredSecret = { salt: Buffer; hash: Buffer }

/**
 * `hashSecret`: what to store of a charger's secret. A fast keyed hash on purpose: the secrets are long and random, and
 * a slow one would make a reconnect storm the outage (SECURITY.md). `key` is `env().chargerKey`.
 */
export function hashSecret(
  key: Buffer,
  secret: string | Buffer,
  salt: Buffer = randomBytes(16),
): StoredSecret {
  return { salt, hash: mac(key, salt, canonicalSecret(secret)) }
}

/**
 * `verifySecret`: whether the bytes a charger sent as its Basic password are the stored secret. One HMAC whatever was
 * sent, compared in constant time. The key set as hex may come back as that text or as the bytes it stands for.
 */
export function verifySecret(
  key: Buffer,
  stored: StoredSecret,
  presented: string | Buffer,
): boolean {
  const hash = mac(key, stored.salt, canonicalSecret(presented))
  return hash.length === stored.hash.length && timingSafeEqual(hash, stored.hash)
}

/** 20 random bytes as 40 hexadecimal digits: what OCPP 1.6's AuthorizationKey takes at most. */
export function newChargerSecret(): string {
  return randomBytes(20).toString('hex')
}

// 16 to 40 bytes written as hex: OCTT TC_085, Java-OCA-OCPP #163, SteVe #1895 (QUIRKS 7)
const hexText = /^(?:[0-9a-fA-F]{2}){16,40}$/

/** Text that is a secret written in hex and the bytes it stands for are one secret. */
function canonicalSecret(secret: string | Buffer): Buffer {
  const bytes = typeof secret === 'string' ? Buffer.from(secret, 'utf8') : secret
  const text = bytes.length <= 80 ? bytes.toString('latin1') : ''
  return hexText.test(text) ? Buffer.from(text, 'hex') : bytes
}

function mac(key: Buffer, salt: Buffer, secret: Buffer): Buffer {
  return createHmac('sha256', key).update(salt).update(secret).digest()
}
