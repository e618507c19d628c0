import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** OWASP's cheapest scrypt that is good enough: 64 MB would be felt on a small machine. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((done, fail) =>
    scrypt(password.normalize('NFKC'), salt, 32, cost, (error, key) =>
      error ? fail(error) : done(key),
    ),
  )

/** `hashPassword`: `scrypt$<salt>$<key>`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt)
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/** What a wrong address is compared with, so that it takes as long as a wrong password. */
const nobody = 'scrypt$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/** `isPassword`: takes the same time whether there is a hash or not. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, salt = '', key = ''] = (hash ?? nobody).split('$')
  const given = await derive(password, Buffer.from(salt, 'base64url'))
  const kept = Buffer.from(key, 'base64url')
  return kept.length === given.length && timingSafeEqual(kept, given) && hash !== null
}
