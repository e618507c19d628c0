/** The requests were made by openssl; what is signed is read by node’s own OpenSSL. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { makeAuthority, readRequest, signCharger } from './x509'

const file = (name: string) =>
  readFileSync(new URL(`../tests/fixtures/tls/${name}`, import.meta.url), 'utf8')
const now = new Date('2026-11-28T12:00:00Z')

it('reads requests of both kinds of key, with the common name', () => {
  expect(readRequest(file('cp1.csr'))?.commonName).toBe('CP1')
  expect(readRequest(file('rsa.csr'))?.commonName).toBe('RSA-1')
})

it('takes none that was changed after it was signed, and no rubbish', () => {
  const lines = file('cp1.csr').split('\n')
  const bytes = Buffer.from(lines.slice(1, -2).join(''), 'base64')
  let taken = 0
  for (let at = 0; at < bytes.length; at++) {
    const bent = Buffer.from(bytes)
    bent[at]! ^= 0x01
    const pem = [lines[0], bent.toString('base64'), lines.at(-2)].join('\n')
    if (readRequest(pem)) taken += 1
  }
  expect(taken).toBe(0)
  for (const text of ['', 'PEM', file('ca.pem'), `${lines[0]}\nAAAA\n${lines.at(-2)}`])
    expect(readRequest(text)).toBeNull()
})

it('signs a certificate that its authority vouches for, for signing in only', () => {
  const authority = makeAuthority('Chargers of Test', now)
  const root = new X509Certificate(authority.certificate)
  expect(root.ca).toBe(true)
  expect(root.verify(root.publicKey)).toBe(true)
  const signed = signCharger(authority, readRequest(file('cp1.csr'))!, { now, days: 365 })
  const certificate = new X509Certificate(signed.pem)
  expect(certificate.subject).toBe('CN=CP1')
  expect(certificate.issuer).toBe('CN=Chargers of Test')
  expect(certificate.ca).toBe(false)
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
  expect(certificate.serialNumber.toLowerCase()).toBe(signed.serial)
  expect(certificate.checkIssued(root)).toBe(true)
  expect(certificate.verify(root.publicKey)).toBe(true)
  expect(certificate.checkPrivateKey(createPrivateKey(file('cp1.key')))).toBe(true)
  expect(new Date(certificate.validTo)).toEqual(signed.notAfter)
  // the negative control: another authority of the same name
  const other = new X509Certificate(makeAuthority('Chargers of Test', now).certificate)
  expect(certificate.verify(other.publicKey)).toBe(false)
})
