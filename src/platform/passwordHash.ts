import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(pbkdf2)

/** As Payload 3.90 stores passwords (`auth/strategies/local/generatePasswordSaltHash`); older rows have no prefix. */
const prefix = 'pbkdf2-sha256-v1:'
const current = { iterations: 600_000, length: 32 }
const older = { iterations: 25_000, length: 512 }

export async function hashPassword(password: string): Promise<{ hash: string; salt: string }> {
  const salt = randomBytes(32).toString('hex')
  const hash = await derive(password, salt, current.iterations, current.length, 'sha256')
  return { hash: prefix + hash.toString('hex'), salt }
}

/** `isPassword`: with nothing stored it takes as long and says no, so that the time tells nothing. */
export async function isPassword(
  password: string,
  stored: { hash: string | null; salt: string | null } | null,
): Promise<boolean> {
  const { hash, salt } = stored ?? { hash: null, salt: null }
  const isCurrent = hash === null || hash.startsWith(prefix)
  const { iterations, length } = isCurrent ? current : older
  const given = await derive(password, salt ?? 'nobody', iterations, length, 'sha256')
  if (hash === null || salt === null) return false
  const known = Buffer.from(isCurrent ? hash.slice(prefix.length) : hash, 'hex')
  return known.length === given.length && timingSafeEqual(known, given)
}
