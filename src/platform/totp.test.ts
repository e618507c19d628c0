import {
  codeAt,
  makeRecoveryCodes,
  makeTotpSecret,
  recoveryHash,
  stepAt,
  stepOf,
  totpUri,
} from './totp'

/** The test vectors of RFC 6238 appendix B (SHA-1), their last six digits; the secret is "12345678901234567890". */
const rfc = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const at = (seconds: number) => new Date(seconds * 1000)

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('at %i s the code is %s', (seconds, code) => {
  expect(codeAt(rfc, stepAt(at(seconds)))).toBe(code)
  expect(stepOf(rfc, `${code.slice(0, 3)} ${code.slice(3)}`, at(seconds))).toBe(stepAt(at(seconds)))
})

test('a code counts one step early or late, not two', () => {
  const now = at(1_000_000_000)
  const step = stepAt(now)
  for (const near of [-1, 0, 1])
    expect(stepOf(rfc, codeAt(rfc, step + near), now)).toBe(step + near)
  for (const far of [-2, 2]) expect(stepOf(rfc, codeAt(rfc, step + far), now)).toBeNull()
})

test.each(['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', '287082;'])('%j is no code', (code) => {
  expect(stepOf(rfc, code, at(59))).toBeNull()
})

test('secrets are 160 bits in base32, and the address of the QR code names who and where', () => {
  const secret = makeTotpSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(makeTotpSecret()).not.toBe(secret)
  expect(totpUri(secret, 'a b@c.example', 'CITA EV')).toBe(
    `otpauth://totp/CITA%20EV:a%20b%40c.example?secret=${secret}&issuer=CITA%20EV`,
  )
})

test('recovery codes: ten different ones; typed in any case and spacing; each of one person', () => {
  const codes = makeRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  const [code] = codes as [string]
  const hash = recoveryHash(code, 1, 'secret')
  expect(hash).not.toBeNull()
  expect(recoveryHash(` ${code.toLowerCase().replace('-', ' ')}`, 1, 'secret')).toBe(hash)
  expect(recoveryHash(code, 2, 'secret')).not.toBe(hash)
  expect(recoveryHash(code, 1, 'other')).not.toBe(hash)
  expect(recoveryHash('287082', 1, 'secret')).toBeNull()
})
