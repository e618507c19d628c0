/** The HTTP side of the charger port: health, readiness, metrics, and the upgrade of everything else. */
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'

import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'

import { mayReadMetrics } from '@/platform/prometheus'

import { createAttempts } from './attempts'
import { limitKey } from './clientAddress'
import type { Handshake } from './handshake'
import { printMetrics, type Metrics } from './metrics'

export type HttpOptions = {
  handshake: Handshake
  metrics: Metrics
  /** What whoever reads the figures shows; null: they are for this machine only. */
  metricsToken?: string | null
  isReady(): boolean
  /** What did not get as far as the handshake: no upgrade asked for, or no HTTP at all (QUIRKS 2). Not without end. */
  onOddRequest(odd: { remoteAddress: string; detail: string }): void
  /** A route of ours threw; the client was told 500 and no more. */
  onFault(error: unknown): void
  /** Further routes (firmware, diagnostics), before the 404. */
  routes?: (app: Express) => void
  /** For a request to be complete, headers and all, unless its route asks for longer. @default 10 s (SEC-07) */
  requestTimeoutMs?: number
  tls?: { cert: Buffer; key: Buffer; ca?: Buffer | Buffer[] } | null
}

/** Chargers that knock wrongly do so for ever: so many an hour are told of, from each address. */
const oddReports = { max: 20, windowMs: 3_600_000, keysMax: 5_000 }

/** Not yet listening. Connections that do not finish their request in time are closed. */
export function createHttpServer(allOptions: HttpOptions): Server {
  const reports = createAttempts(oddReports)
  const options: HttpOptions = {
    ...allOptions,
    onOddRequest(odd) {
      const key = limitKey(odd.remoteAddress)
      if (reports.isOver(key, Date.now())) return
      reports.add(key, Date.now())
      allOptions.onOddRequest(odd)
    },
  }
  const { requestTimeoutMs = 10_000 } = options
  const app = createApp({ ...options, requestTimeoutMs })
  const settings = {
    headersTimeout: requestTimeoutMs,
    // bodies have a clock of their own (`limitBody`): a file takes longer than a question
    requestTimeout: 0,
    // node looks for the overdue this often; its default of 30 s would let them stay three times as long
    connectionsCheckingInterval: requestTimeoutMs / 10,
    keepAliveTimeout: 5_000,
    noDelay: true,
  }
  const { tls } = options
  const server = tls
    ? createTlsServer(
        {
          ...settings,
          ...tls,
          minVersion: 'TLSv1.2',
          handshakeTimeout: requestTimeoutMs,
          // who must show a certificate is decided per charger (`securityProfile`)
          requestCert: tls.ca !== undefined,
          rejectUnauthorized: false,
        },
        app,
      )
    : createServer(settings, app)
  server.on('upgrade', options.handshake)
  // whoever asks before sending a body hears the answer first; a route that wants the body says so
  server.on('checkContinue', app)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const remoteAddress = 'remoteAddress' in socket ? String(socket.remoteAddress) : ''
    // a connection that went away, or never said a word, is not worth a line
    if (error.code !== 'ECONNRESET' && error.code !== 'ERR_HTTP_REQUEST_TIMEOUT')
      options.onOddRequest({ remoteAddress, detail: `not HTTP: ${error.code ?? 'unknown'}` })
    if (!socket.writable) return socket.destroy()
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  return server
}

function createApp(options: HttpOptions & { requestTimeoutMs: number }): Express {
  const { isReady, metrics, metricsToken = null, onOddRequest, routes } = options
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(limitBody(options.requestTimeoutMs))
  app.use((_request, response, next) => {
    response.set({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' })
    next()
  })
  app.get('/healthz', (_request, response) => {
    response.type('text/plain').send('ok\n')
  })
  app.get('/readyz', (_request, response) => {
    if (isReady()) return void response.type('text/plain').send('ready\n')
    response.status(503).set('Retry-After', '10').type('text/plain').send('not ready\n')
  })
  app.get('/metrics', (request, response, next) => {
    const { headers, socket } = request
    // to others it is not there
    if (!mayReadMetrics({ remoteAddress: socket.remoteAddress, headers }, metricsToken))
      return next()
    printMetrics(metrics).then(
      (page) => response.type('text/plain; version=0.0.4').send(page),
      next,
    )
  })
  routes?.(app)
  app.use('/ocpp', (request, response) => {
    const { method, originalUrl, headers, socket } = request
    const asked = `${method} ${originalUrl}; connection: ${headers.connection ?? 'none'}`
    onOddRequest({
      remoteAddress: socket.remoteAddress ?? '',
      detail: `no WebSocket upgrade: ${asked.replace(/[^\x20-\x7e]/g, '?').slice(0, 300)}`,
    })
    response.status(426).set({ Upgrade: 'websocket', Connection: 'close' }).type('text/plain')
    response.send('This is where chargers connect, with a WebSocket.\n')
  })
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('not found\n')
  })
  // express would print a stack outside production
  const answerQuietly: ErrorRequestHandler = (
    error: { status?: unknown },
    _request,
    response,
    next,
  ) => {
    const isTheirs = typeof error.status === 'number' && error.status < 500
    if (!isTheirs) options.onFault(error)
    if (response.headersSent) return next(error)
    response.status(isTheirs ? 400 : 500).type('text/plain')
    response.send(isTheirs ? 'bad request\n' : 'error\n')
  }
  app.use(answerQuietly)
  return app
}

/** A body that is not there in time ends its connection. A route that takes files calls `response.locals.stopBodyClock`. */
function limitBody(withinMs: number): RequestHandler {
  return (request, response, next) => {
    const { headers, socket } = request
    const hasBody =
      headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0
    if (hasBody) {
      const timer = setTimeout(() => socket.destroy(), withinMs)
      const stop = () => clearTimeout(timer)
      request.once('end', stop).once('close', stop)
      response.locals['stopBodyClock'] = stop
    }
    next()
  }
}
