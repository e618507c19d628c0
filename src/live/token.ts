import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type TokenClaims = { userId: number; sessionId: string }

/**
 * The key that Payload signs its tokens with: the first 32 hex characters of sha256(secret), taken as text
 * (payload 3.90.2 `getPayload`: `this.secret = createHash('sha256').update(secret).digest('hex').slice(0, 32)`).
 */
export function tokenKey(secret: string): Buffer {
  return Buffer.from(createHash('sha256').update(secret).digest('hex').slice(0, 32), 'utf8')
}

/**
 * `verifyToken`: the claims of a staff token, or `null` for anything else: another algorithm, another key, an expired
 * one, a driver's. It says nothing about whether the login still stands; that is a row (`db/queries/liveAccess`).
 */
export function verifyToken(token: string, key: Buffer, now: Date): TokenClaims | null {
  if (token.length > 4096) return null
  const [head, body, signature, ...rest] = token.split('.')
  if (!head || !body || !signature || rest.length > 0) return null
  if (!isSignedBy(`${head}.${body}`, signature, key)) return null

  const header = readPart(head)
  const claims = readPart(body)
  if (header?.alg !== 'HS256' || claims === null) return null
  if (claims.collection !== 'users') return null
  if (typeof claims.exp !== 'number' || claims.exp * 1000 <= now.getTime()) return null
  if (typeof claims.id !== 'number' || !Number.isSafeInteger(claims.id)) return null
  if (typeof claims.sid !== 'string' || claims.sid === '') return null
  return { userId: claims.id, sessionId: claims.sid }
}

function isSignedBy(signed: string, signature: string, key: Buffer): boolean {
  const expected = createHmac('sha256', key).update(signed).digest()
  const given = Buffer.from(signature, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function readPart(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
