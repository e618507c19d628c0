/** Plain HTTP answers on a socket that wanted to become a WebSocket. */
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

const lingerMs = 5_000

/** Answers and closes. The body is the status in words and nothing else: it is the same whatever lay behind. */
export function refuseUpgrade(
  socket: Duplex,
  { status, headers }: { status: number; headers: string[] },
): void {
  if (socket.destroyed) return
  const body = `${STATUS_CODES[status] ?? 'Refused'}\n`
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    ...headers,
  ]
  const destroy = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(destroy))
  // errors are for nobody now; without a listener they would end the process
  socket.on('error', () => undefined)
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

const told = [
  'host',
  'connection',
  'upgrade',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'user-agent',
]

/** The request in one line, without credentials: half of all connection trouble can be read from it (QUIRKS 2). */
export function summaryOf(request: IncomingMessage): string {
  const headers = told
    .filter((name) => request.headers[name] !== undefined)
    .map((name) => `${name}: ${String(request.headers[name])}`)
  const line = [`${request.method} ${request.url}`, ...headers].join('; ')
  return line.replace(/[^\x20-\x7e]/g, '?').slice(0, 500)
}
