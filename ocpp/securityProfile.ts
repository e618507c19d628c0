/**
 * Whether a connection shows as much as its charger has to (OCPP 1.6 security extension ed2 §2): a password, TLS around
 * it, or a certificate of its own. What a proxy says of TLS counts where the proxy is trusted (`TRUSTED_PROXIES`).
 */
import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { Duplex } from 'node:stream'

import { isSameIdentity } from './basicAuth'
import { createTrusted } from './clientAddress'
import type { FoundCharger, RefusalCause } from './handshake'

export type Shown = {
  isEncrypted: boolean
  /** The common name of a certificate that one of our authorities has signed; null where none was shown. */
  certificateName: string | null
}

export function createShown(
  trustedProxies: string[],
): (request: IncomingMessage, socket: Duplex) => Shown {
  const isTrusted = createTrusted(trustedProxies)
  return (request, socket) => {
    const tls = socket as Partial<TLSSocket>
    if (tls.encrypted === true)
      return { isEncrypted: true, certificateName: nameOf(tls as TLSSocket) }
    if (!isTrusted(request.socket.remoteAddress ?? ''))
      return { isEncrypted: false, certificateName: null }
    const { headers } = request
    const protocol = String(headers['x-forwarded-proto'] ?? '')
      .split(',')
      .at(-1)!
      .trim()
    const isEncrypted = protocol === 'https' || protocol === 'wss'
    const isVerified = isEncrypted && headers['x-ssl-client-verify'] === 'SUCCESS'
    const name = /(?:^|[,/])\s*CN\s*=\s*([^,/]+)/i.exec(String(headers['x-ssl-client-s-dn'] ?? ''))
    return { isEncrypted, certificateName: isVerified ? (name?.[1]?.trim() ?? null) : null }
  }
}

function nameOf(socket: TLSSocket): string | null {
  if (!socket.authorized) return null
  const { subject } = socket.getPeerCertificate()
  const name: unknown = subject?.CN
  return typeof name === 'string' && name !== '' ? name : null
}

/** `lacking`: the cause to refuse a known charger for, or null where it shows enough. */
export function lacking(
  charger: FoundCharger,
  signIn: {
    hasPassword: boolean
    isNamed: boolean
    isVerified: boolean
    shown: Shown
    now: number
  },
): RefusalCause | null {
  const { hasPassword, isNamed, isVerified, shown, now } = signIn
  const profile = charger.securityProfile ?? 1
  if (profile === 3) {
    if (!shown.isEncrypted) return 'insecure'
    const { certificateName } = shown
    return certificateName !== null && isSameIdentity(certificateName, charger.identity)
      ? null
      : 'no-certificate'
  }
  const isOpen = profile === 0 && (charger.unsecuredUntil?.getTime() ?? 0) > now
  if (isOpen && !hasPassword) return null
  if (!hasPassword) return 'no-password'
  if (!isNamed) return 'wrong-username'
  if (!isVerified) return 'wrong-password'
  return profile === 2 && !shown.isEncrypted ? 'insecure' : null
}
