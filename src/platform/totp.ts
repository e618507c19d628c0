import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/** Time-based one-time passwords (RFC 6238): SHA-1, six digits, 30 s, which every authenticator app knows. */
const stepSeconds = 30
const digits = 6
/** Clocks of phones differ: one step before and one after count too (SEC-21). */
const window = 1
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new secret, 160 bits in base32, as authenticator apps take it. */
export const makeTotpSecret = (): string => toBase32(randomBytes(20))

/** What the QR code says. */
export function totpUri(secret: string, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`
}

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / stepSeconds)

/** `codeAt`: the six digits of a step; 0–999999 with leading zeros. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = mac[mac.length - 1]! & 0xf
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits
  return String(number).padStart(digits, '0')
}

/** `stepOf`: the step whose code this is, within one step of now; null for anything else. Spaces do not count. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const given = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(given)) return null
  let found: number | null = null
  for (let step = stepAt(now) - window; step <= stepAt(now) + window; step++)
    if (timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(given))) found = step
  return found
}

/** Ten codes for the day the phone is lost: 50 bits each, `ABCDE-FGHIJ`. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => {
    const text = toBase32(randomBytes(7)).slice(0, 10)
    return `${text.slice(0, 5)}-${text.slice(5)}`
  })
}

/**
 * `recoveryHash`: as a recovery code lies in the database. Null for what has not the form of one. Random and single-use,
 * so a keyed hash is enough: without the panel's secret the table tells nothing.
 */
export function recoveryHash(code: string, userId: number, payloadSecret: string): string | null {
  const text = code.toUpperCase().replace(/[^A-Z2-7]/g, '')
  if (text.length !== 10 || code.length > 20) return null
  const key = Buffer.from(hkdfSync('sha256', payloadSecret, '', 'cpms recovery codes v1', 32))
  return createHmac('sha256', key).update(`${userId}:${text}`).digest('base64url')
}

function toBase32(bytes: Buffer): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[parseInt(five, 2)]).join('')
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
  const bytes = bits.join('').match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)))
}
