/**
 * As much of X.509 as a small authority for chargers needs: to read a certificate request (PKCS #10), and to sign a
 * certificate of its key (RFC 5280). Node signs and verifies, and reads what was made; only the DER around it is ours.
 */
import {
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'

export type Authority = { certificate: string; key: KeyObject }
export type CertificateRequest = { commonName: string; publicKey: Buffer }

type DerNode = { tag: number; body: Buffer; whole: Buffer; after: Buffer }

const longestRequest = 16_384
const oids = {
  commonName: '0603550403',
  ecdsaSha256: '06082a8648ce3d040302',
  rsaSha256: '06092a864886f70d01010b',
  basicConstraints: '0603551d13',
  keyUsage: '0603551d0f',
  extendedKeyUsage: '0603551d25',
  clientAuth: '06082b06010505070302',
} as const

/** `readRequest`: what a request in PEM asks for; null for what is none, or was not signed with its own key. */
export function readRequest(pem: string): CertificateRequest | null {
  const found =
    /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END/.exec(pem) ?? null
  if (!found || pem.length > longestRequest) return null
  try {
    const whole = read(Buffer.from(found[1]!, 'base64'))
    const [info, algorithm, signature] = children(whole)
    const isInShape =
      whole.tag === 0x30 &&
      whole.after.length === 0 &&
      algorithm!.tag === 0x30 &&
      signature!.tag === 0x03 &&
      signature!.body[0] === 0
    if (!isInShape) return null
    const [, subject, publicKey] = children(info!)
    const oid = children(algorithm!)[0]!.whole.toString('hex')
    if (oid !== oids.ecdsaSha256 && oid !== oids.rsaSha256) return null
    const key = createPublicKey({ key: publicKey!.whole, format: 'der', type: 'spki' })
    if (!verify('sha256', info!.whole, key, signature!.body.subarray(1))) return null
    const commonName = nameIn(subject!)
    return commonName === null ? null : { commonName, publicKey: publicKey!.whole }
  } catch {
    return null
  }
}

/** `makeAuthority`: a key and a root certificate of it, good for twenty years. */
export function makeAuthority(name: string, now: Date): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = certify({
    subject: nameOf(name),
    issuer: nameOf(name),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }),
    key: privateKey,
    from: now,
    until: new Date(now.getTime() + 20 * 365 * dayMs),
    extensions: [
      extension(oids.basicConstraints, sequence(der(0x01, Buffer.from([0xff])))),
      // certificates and lists of revoked ones
      extension(oids.keyUsage, der(0x03, Buffer.from([1, 0x06]))),
    ],
  }).pem
  return { certificate, key: privateKey }
}

export type Signed = { pem: string; serial: string; notAfter: Date }

/** `signCharger`: a certificate with which a charger may sign in, and nothing else. */
export function signCharger(
  authority: Authority,
  request: CertificateRequest,
  validity: { now: Date; days: number },
): Signed {
  const issuer = children(children(read(new X509Certificate(authority.certificate).raw))[0]!)
  return certify({
    subject: nameOf(request.commonName),
    // version, serial and algorithm come before it; its own issuer is itself
    issuer: issuer[3]!.whole,
    publicKey: request.publicKey,
    key: authority.key,
    // chargers' clocks are a little slow
    from: new Date(validity.now.getTime() - 3_600_000),
    until: new Date(validity.now.getTime() + validity.days * dayMs),
    extensions: [
      extension(oids.basicConstraints, sequence()),
      extension(oids.keyUsage, der(0x03, Buffer.from([7, 0x80]))),
      extension(oids.extendedKeyUsage, sequence(Buffer.from(oids.clientAuth, 'hex'))),
    ],
  })
}

const dayMs = 86_400_000

function certify(parts: {
  subject: Buffer
  issuer: Buffer
  publicKey: Buffer
  key: KeyObject
  from: Date
  until: Date
  extensions: Buffer[]
}): Signed {
  const serial = randomBytes(16)
  // positive, and no shorter than it looks
  serial[0] = (serial[0]! & 0x7f) | 0x40
  const algorithm = sequence(Buffer.from(oids.ecdsaSha256, 'hex'))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    parts.issuer,
    sequence(time(parts.from), time(parts.until)),
    parts.subject,
    parts.publicKey,
    der(0xa3, sequence(...parts.extensions)),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, parts.key))
  const lines = sequence(body, algorithm, signature)
    .toString('base64')
    .match(/.{1,64}/g)!
  return {
    pem: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    serial: serial.toString('hex'),
    notAfter: parts.until,
  }
}

function nameOf(commonName: string): Buffer {
  const value = der(0x0c, Buffer.from(commonName, 'utf8'))
  return sequence(der(0x31, sequence(Buffer.from(oids.commonName, 'hex'), value)))
}

function nameIn(subject: DerNode): string | null {
  for (const set of children(subject))
    for (const pair of children(set)) {
      const [oid, value] = children(pair)
      if (oid?.whole.toString('hex') === oids.commonName && value)
        return value.body.toString(value.tag === 0x0c ? 'utf8' : 'latin1')
    }
  return null
}

/** All of ours are critical. */
const extension = (oid: string, value: Buffer) =>
  sequence(Buffer.from(oid, 'hex'), der(0x01, Buffer.from([0xff])), der(0x04, value))

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5). */
function time(at: Date): Buffer {
  const text = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  return at.getUTCFullYear() < 2050
    ? der(0x17, Buffer.from(text.slice(2)))
    : der(0x18, Buffer.from(text))
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts)

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const { length } = body
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}

/** Throws `RangeError` where the bytes end too soon. */
function read(bytes: Buffer): DerNode {
  const tag = bytes.readUInt8(0)
  const first = bytes.readUInt8(1)
  const more = first < 0x80 ? 0 : first & 0x7f
  if (more > 3) throw new RangeError('too long')
  const length = more === 0 ? first : bytes.readUIntBE(2, more)
  const start = 2 + more
  if (start + length > bytes.length) throw new RangeError('cut off')
  return {
    tag,
    body: bytes.subarray(start, start + length),
    whole: bytes.subarray(0, start + length),
    after: bytes.subarray(start + length),
  }
}

function children({ body }: Pick<DerNode, 'body'>): DerNode[] {
  const found: DerNode[] = []
  for (let rest = body; rest.length > 0;) {
    const node = read(rest)
    found.push(node)
    rest = node.after
  }
  return found
}
