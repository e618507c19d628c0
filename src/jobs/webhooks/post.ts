import { createHmac } from 'node:crypto'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

import { demandWebAddress, lookUpPublic, PrivateTarget } from '../../platform/publicAddress'

export type Post = {
  url: string
  secret: string
  /** The same for every try: whoever gets it twice can tell. */
  deliveryId: string
  kind: string
  body: string
  now: Date
}

export type PostOutcome =
  | { kind: 'answered'; status: number }
  | { kind: 'refused'; error: string }
  | { kind: 'unreachable'; error: string }

/**
 * `signatureOf`: `t=<seconds>,v1=<hex HMAC-SHA-256 of "<seconds>.<body>">`. The time is part of what is signed, so that
 * an old message cannot be played again later.
 */
export function signatureOf(secret: string, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${mac}`
}

/** `post`: one try. Follows no redirect, reads no answer but its status, waits no longer than `timeoutMs`. */
export function post(
  what: Post,
  options: { allowsPrivate: boolean; timeoutMs: number },
): Promise<PostOutcome> {
  let url: URL
  try {
    url = demandWebAddress(what.url, options.allowsPrivate)
  } catch (error) {
    return Promise.resolve({ kind: 'refused', error: (error as Error).message })
  }
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve) => {
    const request = send(
      url,
      {
        method: 'POST',
        lookup: lookUpPublic(options.allowsPrivate),
        // a connection of its own: none is reused for which the name was looked up long ago
        agent: false,
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(what.body),
          'User-Agent': 'CITA-EV-CPMS-Webhook/1',
          'X-CPMS-Event': what.kind,
          'X-CPMS-Delivery': what.deliveryId,
          'X-CPMS-Signature': signatureOf(what.secret, what.body, what.now),
        },
      },
      (response) => {
        resolve({ kind: 'answered', status: response.statusCode ?? 0 })
        response.destroy()
      },
    )
    const timer = setTimeout(
      () => request.destroy(new Error(`no answer within ${options.timeoutMs / 1000} s`)),
      options.timeoutMs,
    )
    request.once('close', () => clearTimeout(timer))
    request.on('error', (error) => {
      const isRefused = error instanceof PrivateTarget
      resolve({ kind: isRefused ? 'refused' : 'unreachable', error: error.message })
    })
    request.end(what.body)
  })
}
