/** HTTP Basic as chargers use it: the name is their identity, the password any bytes. Pure. */
export type BasicAuth = { username: string; password: Buffer }

const headerMaxLength = 1024
const colon = 0x3a

/**
 * Splits at the first colon, on bytes: passwords may be binary and hold colons (QUIRKS 7). Only where the identity
 * itself has a colon (a MAC address) is it looked for behind the identity. `null` where there is nothing to split.
 */
export function readBasicAuth(header: string | undefined, identity: string): BasicAuth | null {
  if (header === undefined || header.length > headerMaxLength) return null
  const encoded = /^basic +([a-z0-9+/_-]+=*) *$/i.exec(header)?.[1]
  if (encoded === undefined) return null
  const bytes = Buffer.from(encoded, 'base64')
  const searchFrom = identity.includes(':') ? Buffer.byteLength(identity) : 0
  const split = bytes.indexOf(colon, searchFrom)
  if (split < 0) return null
  return { username: bytes.toString('utf8', 0, split), password: bytes.subarray(split + 1) }
}

/** Case is not told apart (QUIRKS 8: other case in the user name than in the URL). */
export function isSameIdentity(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
