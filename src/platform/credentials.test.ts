import { randomBytes } from 'node:crypto'

import { hashSecret, newChargerSecret, verifySecret } from './credentials'

const key = randomBytes(32)

describe('charger secrets', () => {
  test('SEC-05 a generated secret has 160 random bits as 40 hex digits', () => {
    expect(newChargerSecret()).toMatch(/^[0-9a-f]{40}$/)
    expect(newChargerSecret()).not.toBe(newChargerSecret())
  })

  test('the same secret is stored differently each time and never in clear', () => {
    const first = hashSecret(key, 'sixteen-bytes-or-more')
    const second = hashSecret(key, 'sixteen-bytes-or-more')
    expect(first.hash.equals(second.hash)).toBe(false)
    expect(first.hash.toString('latin1')).not.toContain('sixteen')
  })

  test('QUIRK 7 a key set as hex is accepted as that text, in other case, and as the bytes it stands for', () => {
    const secret = newChargerSecret()
    const stored = hashSecret(key, secret)
    expect(verifySecret(key, stored, secret)).toBe(true)
    expect(verifySecret(key, stored, secret.toUpperCase())).toBe(true)
    expect(verifySecret(key, stored, Buffer.from(secret, 'hex'))).toBe(true)
  })

  test('QUIRK 7 a password of people is accepted plain and written as hex', () => {
    const stored = hashSecret(key, 'pässwört:with-colon')
    expect(verifySecret(key, stored, Buffer.from('pässwört:with-colon'))).toBe(true)
    const asHex = Buffer.from('pässwört:with-colon').toString('hex')
    expect(verifySecret(key, stored, asHex)).toBe(true)
  })

  test('anything else is refused: other secret, other key, other case of plain text, empty, huge', () => {
    const stored = hashSecret(key, 'sixteen-bytes-or-more')
    for (const wrong of [
      '',
      'sixteen-bytes-or-mor',
      'Sixteen-Bytes-Or-More',
      'x'.repeat(100_000),
    ]) {
      expect(verifySecret(key, stored, wrong)).toBe(false)
    }
    expect(verifySecret(randomBytes(32), stored, 'sixteen-bytes-or-more')).toBe(false)
  })
})
