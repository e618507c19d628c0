/**
 * What stands between the world and Next: the client's address as we know it, headers that only we may set taken away,
 * and a close that lets requests finish.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

import { createClientAddress } from '#ocpp/clientAddress'
import { asError } from '@/platform/errors'
import type { Env } from '@/platform/env'
import type { Log } from '@/platform/log'

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Believed by what lies behind this door, so never taken from outside. */
const ours = ['x-cpms-client', 'x-middleware-subrequest', 'x-middleware-subrequest-id']
const fromProxies = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
]
const finishWithinMs = 6_000

export async function openWebDoor(options: { settings: Env; handle: Handle; log: Log }) {
  const { settings, handle, log } = options
  const clientAddress = createClientAddress(settings.trustedProxies)
  const server = createServer({
    headersTimeout: 15_000,
    requestTimeout: 300_000,
    keepAliveTimeout: 65_000,
  })
  server.on('request', (request, response) => {
    serve(request, response).catch((thrown: unknown) => {
      log.error({ err: asError(thrown) }, 'a request failed')
      if (!response.headersSent)
        refuse(response, 500, 'Something went wrong on our side. Try again.')
      else response.destroy()
    })
  })
  const waiting = waitingSockets(server)
  await listen(server, settings)
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of waiting) socket.destroy()
      const timer = setTimeout(() => server.closeAllConnections(), finishWithinMs)
      await closed
      clearTimeout(timer)
    },
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? ''
    // An absolute address in the request line is for proxies; Next would take its host for ours.
    if (!url.startsWith('/')) return refuse(response, 400, 'The address must begin with a slash.')
    setClient(request)
    await handle(request, response)
  }

  function setClient(request: IncomingMessage): void {
    const client = clientAddress(request)
    const isProxied = !(request.socket.remoteAddress ?? '').endsWith(client)
    for (const name of isProxied ? ours : [...ours, ...fromProxies]) delete request.headers[name]
    request.headers['x-cpms-client'] = client
    request.headers['x-forwarded-for'] = client
  }
}

/**
 * Connections without a request under way. Browsers open some to spare, which Node does not count as idle: a stop would
 * wait for them. Once the server is closed, a connection ends with its request.
 */
function waitingSockets(server: Server): Set<Socket> {
  const waiting = new Set<Socket>()
  server.on('connection', (socket) => {
    waiting.add(socket)
    socket.once('close', () => waiting.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    waiting.delete(socket)
    response.once('close', () => {
      if (!server.listening) socket.destroySoon()
      else if (!socket.destroyed) waiting.add(socket)
    })
  })
  return waiting
}

/** Payload's own shape of an error, so that one reader of REST answers reads this one too. */
function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(JSON.stringify({ errors: [{ message: sentence }] }))
}

function listen(server: Server, { port, host }: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
