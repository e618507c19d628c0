import { randomBytes, randomInt } from 'node:crypto'

/** 32 hexadecimal characters, 128 random bits: what the world may know a thing by. */
export function publicId(): string {
  return randomBytes(16).toString('hex')
}

/** 43 URL-safe characters, 256 random bits: keys and secrets. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

// without 0 O 1 I l, which cannot be told apart on paper and on the phone
const legible = '23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz'

/** Letters and digits that can be read aloud; 20 of them are 115 bits. */
export function legiblePassword(length = 20): string {
  return Array.from({ length }, () => legible[randomInt(legible.length)]).join('')
}

/** The short code printed on a connector, for typing: 8 characters in capitals and digits. */
export function shortCode(length = 8): string {
  const capitals = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
  return Array.from({ length }, () => capitals[randomInt(capitals.length)]).join('')
}
