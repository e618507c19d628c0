import type { IncomingMessage } from 'node:http'

/**
 * What may pass before anything else of the channel sees it. rpc-websockets' own server does not survive malformed
 * subscription frames, lets the client choose its connection id and keeps a namespace for every path it is asked for
 * (SECURITY.md); so its wire format is kept and its handler is not used (ADR 0009).
 */

export const LIVE_PATH = '/live'

export type Upgrade = { kind: 'ok'; token: string } | { kind: 'refused'; status: 400 | 401 | 403 }

export type Origins = ReadonlySet<string>

/**
 * `readUpgrade`: the token of an upgrade that may be looked at further. One exact path, no query string, no foreign
 * Origin. A cookie counts only beside an Origin on the list (browsers always send one); a header counts without.
 */
export function readUpgrade(request: IncomingMessage, origins: Origins): Upgrade {
  if (request.method !== 'GET' || request.url !== LIVE_PATH) return { kind: 'refused', status: 400 }
  const origin = request.headers.origin
  if (origin !== undefined && !origins.has(origin)) return { kind: 'refused', status: 403 }

  const header = /^(?:JWT|Bearer) ([\w.-]+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (header) return { kind: 'ok', token: header }

  const cookie = readCookie(request.headers.cookie ?? '', 'payload-token')
  if (cookie !== null && origin !== undefined) return { kind: 'ok', token: cookie }
  return { kind: 'refused', status: 401 }
}

function readCookie(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value && /^[\w.-]+$/.test(value)) return value
  }
  return null
}

export type FrameId = string | number | null

/** JSON-RPC 2.0 error, in the numbers rpc-websockets knows. */
export type RpcError = { code: number; message: string }

export const rpcErrors = {
  parse: { code: -32700, message: 'Parse error' },
  invalidRequest: { code: -32600, message: 'Invalid Request' },
  methodNotFound: { code: -32601, message: 'Method not found' },
  invalidParams: { code: -32602, message: 'Invalid params' },
  internal: { code: -32603, message: 'Internal error' },
  eventForbidden: { code: -32606, message: 'Event forbidden' },
  tooMany: { code: -32000, message: 'Too many requests' },
} as const satisfies Record<string, RpcError>

export type Method = 'ping' | 'since' | 'rpc.on' | 'rpc.off'

export type Frame =
  | { kind: 'call'; id: string | number; method: Method; params: unknown }
  | { kind: 'bad'; id: FrameId; error: RpcError }

const methods: ReadonlySet<string> = new Set<Method>(['ping', 'since', 'rpc.on', 'rpc.off'])

/** `readFrame`: a call of one of the four methods, or the error to answer it with. Total: throws for nothing. */
export function readFrame(data: Buffer, isBinary: boolean): Frame {
  if (isBinary) return { kind: 'bad', id: null, error: rpcErrors.invalidRequest }
  let message: unknown
  try {
    message = JSON.parse(data.toString('utf8'))
  } catch {
    return { kind: 'bad', id: null, error: rpcErrors.parse }
  }
  // A batch is an array: nobody of ours sends one, and 10,000 calls in a frame are an attack.
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return { kind: 'bad', id: null, error: rpcErrors.invalidRequest }
  }
  const { jsonrpc, id, method, params } = message as Record<string, unknown>
  if (!isFrameId(id)) return { kind: 'bad', id: null, error: rpcErrors.invalidRequest }
  if (jsonrpc !== '2.0' || typeof method !== 'string') {
    return { kind: 'bad', id, error: rpcErrors.invalidRequest }
  }
  if (!methods.has(method)) return { kind: 'bad', id, error: rpcErrors.methodNotFound }
  return { kind: 'call', id, method: method as Method, params }
}

function isFrameId(id: unknown): id is string | number {
  if (typeof id === 'number') return Number.isFinite(id)
  return typeof id === 'string' && id.length <= 64
}
