import { constants, createVerify, X509Certificate, type KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** As long as the fields of SignedUpdateFirmware are (white paper §6.7 FirmwareType). */
const signatureMost = 800
const certificateMost = 5500

/**
 * `signatureProblem`: why this signature and certificate cannot go with the image, in words; null where they can. The
 * certificate has to be one and be valid now; an RSA signature (PSS, or PKCS 1) has to be over this very file. One by
 * an elliptic curve is left to the charger: the white paper wants ECSchnorr there, which OpenSSL does not know.
 */
export async function signatureProblem(
  path: string,
  signature: string,
  certificatePem: string,
  now: Date,
): Promise<string | null> {
  if (signature.length > signatureMost || !/^[A-Za-z0-9+/]+={0,2}$/.test(signature))
    return `The signature is no Base64 of at most ${signatureMost} characters.`
  if (certificatePem.length > certificateMost)
    return `The signing certificate is longer than ${certificateMost} characters.`
  const certificate = readCertificate(certificatePem)
  if (!certificate) return 'The signing certificate is no certificate in PEM.'
  if (now < new Date(certificate.validFrom) || now > new Date(certificate.validTo))
    return `The signing certificate is valid from ${certificate.validFrom} to ${certificate.validTo} only.`
  const { publicKey } = certificate
  if (publicKey.asymmetricKeyType !== 'rsa' && publicKey.asymmetricKeyType !== 'rsa-pss')
    return null
  return (await isSignedBy(publicKey, path, Buffer.from(signature, 'base64')))
    ? null
    : 'The signature does not belong to this file and certificate. Compare the file with the maker’s.'
}

function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch {
    return null
  }
}

async function isSignedBy(key: KeyObject, path: string, signature: Buffer): Promise<boolean> {
  const [pss, pkcs] = [createVerify('sha256'), createVerify('sha256')]
  await pipeline(createReadStream(path), async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      pss.update(piece)
      pkcs.update(piece)
    }
  })
  const { RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_AUTO, RSA_PKCS1_PADDING } = constants
  const isPss = pss.verify(
    { key, padding: RSA_PKCS1_PSS_PADDING, saltLength: RSA_PSS_SALTLEN_AUTO },
    signature,
  )
  if (isPss || key.asymmetricKeyType === 'rsa-pss') return isPss
  return pkcs.verify({ key, padding: RSA_PKCS1_PADDING }, signature)
}
