/**
 * Every setting this product reads from its environment, parsed once. A wrong value stops the process with a sentence
 * that names the variable and never its content (SEC-44). What is not set has a default that works on one machine;
 * the database and the secrets of a machine that sets nothing are found in the data directory (`dataDir.ts`).
 */
import { hkdfSync } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'

import { embeddedDatabaseUrl, readSecret } from './dataDir'

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

export type Env = {
  isProduction: boolean
  logLevel: LogLevel
  /** Absolute. Embedded Postgres, secrets, uploads, undelivered mail. */
  dataDir: string
  /** Throws `EnvProblem` when neither DATABASE_URL is set nor the embedded Postgres of the data directory runs. */
  readonly databaseUrl: string
  isDatabaseEmbedded: boolean
  /** Where the embedded Postgres keeps its finished log, for going back to a moment; null: nowhere. Absolute. */
  walArchive: string | null
  /** Throws `EnvProblem` when neither PAYLOAD_SECRET is set nor the data directory holds one. */
  readonly payloadSecret: string
  /** Key of the HMAC under which charger passwords are stored; CPMS_CHARGER_KEY, else derived from the secret. */
  readonly chargerKey: Buffer
  host: string
  port: number
  ocppPort: number
  livePort: number
  /** Without a trailing slash. */
  publicUrl: string
  /** What chargers are told, without the identity: `ws://host:9220/ocpp`. */
  ocppPublicUrl: string
  /** What browsers are told. */
  livePublicUrl: string
  /** Where chargers fetch firmware and leave diagnostics: `http://host:9220/files`. Some can do http only. */
  filesPublicUrl: string
  /** Addresses or CIDR ranges whose X-Forwarded-For is believed. */
  trustedProxies: string[]
  adminEmail: string | null
  adminPassword: string | null
  smtpUrl: string | null
  /** Sender of mails: an address, or `Name <address>`. */
  mailFrom: string | null
  /** Webhooks may reach addresses inside this network (SEC-36); for a machine that stands beside its receivers. */
  areWebhooksPrivate: boolean
  mapStyleUrl: string | null
  /** Cards through Stripe; null where no keys are set. `apiUrl` is of a stand-in, for tests. */
  stripe: {
    secretKey: string
    webhookSecret: string
    publishableKey: string | null
    apiUrl: string | null
  } | null
  /** What Prometheus shows to read the figures from another machine; null: they are for this machine only. */
  metricsToken: string | null
  ocppTls: { certFile: string; keyFile: string; caFile: string | null } | null
  /** Handshakes one address may begin in 10 s; chargers behind one router may need more (SEC-07). */
  ocppConnectionsPer10s: number
  /** Calls one charger may make for long; ten times as many in a burst (SEC-13). */
  ocppCallsPerSecond: number
}

/** A setting that cannot be used. The message is for the person who starts the product; it holds no value. */
export class EnvProblem extends Error {
  override name = 'EnvProblem'
}

type Source = Record<string, string | undefined>

let parsed: Env | null = null

/** The settings of this process, parsed at the first call. */
export function env(): Env {
  parsed ??= readEnv(process.env)
  return parsed
}

/** Parses `source`; throws `EnvProblem` at the first setting that cannot be used. */
export function readEnv(source: Source): Env {
  const text = (name: string): string | null => source[name]?.trim() || null
  const dataDir = resolve(text('CPMS_DATA_DIR') ?? '.data')
  const tlsCert = text('OCPP_TLS_CERT')
  const tlsKey = text('OCPP_TLS_KEY')
  if ((tlsCert === null) !== (tlsKey === null)) {
    throw new EnvProblem('OCPP_TLS_CERT and OCPP_TLS_KEY belong together: set both or neither.')
  }
  if (tlsKey) refuseReadableByOthers(tlsKey, 'OCPP_TLS_KEY')
  const ports = {
    port: portOf(source, 'PORT', 3000),
    ocppPort: portOf(source, 'OCPP_PORT', 9220),
    livePort: portOf(source, 'LIVE_PORT', 9230),
  }
  const publicUrl = urlOf(
    source,
    'PUBLIC_URL',
    ['http:', 'https:'],
    `http://localhost:${ports.port}`,
  )
  const { hostname, protocol } = new URL(publicUrl)
  const isPublicTls = protocol === 'https:'
  const wire = (isTls: boolean) => `${isTls ? 'wss' : 'ws'}://${hostname}`
  const ocppPublicUrl = urlOf(
    source,
    'OCPP_PUBLIC_URL',
    ['ws:', 'wss:'],
    `${wire(tlsCert !== null || isPublicTls)}:${ports.ocppPort}/ocpp`,
  )

  return {
    ...ports,
    isProduction: source.NODE_ENV === 'production',
    logLevel: readLogLevel(source),
    dataDir,
    get databaseUrl() {
      const url = text('DATABASE_URL')
      if (url) return checkedDatabaseUrl(url)
      const embedded = embeddedDatabaseUrl(dataDir)
      if (embedded) return embedded
      throw new EnvProblem(
        `No database: set DATABASE_URL, or run "npm start", which brings its own Postgres (data directory ${dataDir}).`,
      )
    },
    isDatabaseEmbedded: text('DATABASE_URL') === null,
    walArchive: text('CPMS_WAL_ARCHIVE') && resolve(text('CPMS_WAL_ARCHIVE')!),
    get payloadSecret() {
      return payloadSecretOf(text('PAYLOAD_SECRET'), dataDir)
    },
    get chargerKey() {
      const own = text('CPMS_CHARGER_KEY')
      if (own && own.length < 32)
        throw new EnvProblem('CPMS_CHARGER_KEY is shorter than 32 characters.')
      const from = own ?? payloadSecretOf(text('PAYLOAD_SECRET'), dataDir)
      return Buffer.from(hkdfSync('sha256', from, '', 'cpms charger credentials v1', 32))
    },
    host: text('HOST') ?? (isContainer(source) ? '0.0.0.0' : '127.0.0.1'),
    publicUrl,
    ocppPublicUrl,
    livePublicUrl: urlOf(
      source,
      'LIVE_PUBLIC_URL',
      ['ws:', 'wss:'],
      `${wire(isPublicTls)}:${ports.livePort}/live`,
    ),
    filesPublicUrl: urlOf(
      source,
      'FILES_PUBLIC_URL',
      ['http:', 'https:'],
      filesBeside(ocppPublicUrl),
    ),
    trustedProxies: proxiesOf(text('TRUSTED_PROXIES')),
    adminEmail: text('CPMS_ADMIN_EMAIL'),
    adminPassword: adminPasswordOf(source.CPMS_ADMIN_PASSWORD),
    smtpUrl: text('SMTP_URL') && urlOf(source, 'SMTP_URL', ['smtp:', 'smtps:'], ''),
    mailFrom: mailFromOf(text('MAIL_FROM')),
    areWebhooksPrivate: flagOf(source, 'WEBHOOKS_ALLOW_PRIVATE'),
    mapStyleUrl: text('MAP_STYLE_URL'),
    stripe: stripeOf(source),
    metricsToken: metricsTokenOf(text('METRICS_TOKEN')),
    ocppTls:
      tlsCert && tlsKey
        ? { certFile: tlsCert, keyFile: tlsKey, caFile: text('OCPP_TLS_CA') }
        : null,
    ocppConnectionsPer10s: countOf(source, 'OCPP_CONNECTIONS_PER_10S', 1000),
    ocppCallsPerSecond: countOf(source, 'OCPP_CALLS_PER_SECOND', 100),
  }
}

function stripeOf(source: Source): Env['stripe'] {
  const text = (name: string): string | null => source[name]?.trim() || null
  const secretKey = text('STRIPE_SECRET_KEY')
  const webhookSecret = text('STRIPE_WEBHOOK_SECRET')
  if ((secretKey === null) !== (webhookSecret === null))
    throw new EnvProblem(
      'STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET belong together: set both or neither.',
    )
  if (!secretKey || !webhookSecret) return null
  return {
    secretKey,
    webhookSecret,
    publishableKey: text('STRIPE_PUBLISHABLE_KEY'),
    apiUrl: text('STRIPE_API_URL') && urlOf(source, 'STRIPE_API_URL', ['http:', 'https:'], ''),
  }
}

const logLevels: readonly string[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** LOG_LEVEL, else `info`; nothing is logged under test unless it is asked for. Never throws: logging must work. */
export function readLogLevel(source: Source): LogLevel {
  const level = source.LOG_LEVEL?.trim().toLowerCase()
  if (level && logLevels.includes(level)) return level as LogLevel
  return source.NODE_ENV === 'test' ? 'silent' : 'info'
}

/** The process may serve people: NODE_ENV is unset or `production` (SEC-44). Sets it when it is unset. */
export function demandProduction(source: Source = process.env): void {
  if (!source.NODE_ENV) Object.assign(source, { NODE_ENV: 'production' })
  if (source.NODE_ENV !== 'production') {
    throw new EnvProblem(
      'NODE_ENV is set to something other than "production". Unset it to run the product; to work on it use "npm run dev".',
    )
  }
}

/** A file that holds a secret is not readable by everyone on the machine (SEC-44). */
export function refuseReadableByOthers(file: string, name: string): void {
  if (!existsSync(file)) throw new EnvProblem(`${name} names a file that is not there: ${file}`)
  if (process.platform !== 'win32' && statSync(file).mode & 0o007) {
    throw new EnvProblem(
      `${name} can be read by every user of this machine. Run: chmod 600 ${file}`,
    )
  }
}

function payloadSecretOf(own: string | null, dataDir: string): string {
  const made = own === null ? readSecret(dataDir, 'payload-secret') : null
  if (made) refuseReadableByOthers(made.file, 'The secret of the panel')
  const secret = own ?? made?.value
  if (!secret) {
    throw new EnvProblem(
      `PAYLOAD_SECRET is not set and ${dataDir} holds none. Set it (32 characters or more), or run "npm start", which makes one.`,
    )
  }
  const isWeak =
    secret.length < 32 || new Set(secret).size < 8 || /change.?me|your.?secret/i.test(secret)
  if (isWeak) {
    throw new EnvProblem(
      'PAYLOAD_SECRET is too short or a default: it needs 32 characters or more that nobody can guess. For one: openssl rand -hex 32',
    )
  }
  return secret
}

function adminPasswordOf(given: string | undefined): string | null {
  if (!given) return null
  if (given.length < 12) throw new EnvProblem('CPMS_ADMIN_PASSWORD is shorter than 12 characters.')
  return given
}

function portOf(source: Source, name: string, fallback: number): number {
  const given = source[name]?.trim()
  if (!given) return fallback
  const port = Number(given)
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new EnvProblem(`${name} is not a port: give a whole number from 1 to 65535.`)
  }
  return port
}

function countOf(source: Source, name: string, fallback: number): number {
  const given = source[name]?.trim()
  if (!given) return fallback
  const count = Number(given)
  if (!Number.isInteger(count) || count < 1) {
    throw new EnvProblem(`${name} is not a count: give a whole number above 0.`)
  }
  return count
}

function metricsTokenOf(given: string | null): string | null {
  if (given === null || given.length >= 20) return given
  throw new EnvProblem('METRICS_TOKEN is shorter than 20 characters. For one: openssl rand -hex 20')
}

function flagOf(source: Source, name: string): boolean {
  const given = source[name]?.trim().toLowerCase()
  if (!given || ['0', 'false', 'no'].includes(given)) return false
  if (['1', 'true', 'yes'].includes(given)) return true
  throw new EnvProblem(`${name} is yes or no: give 1 or 0.`)
}

function mailFromOf(given: string | null): string | null {
  if (given === null) return null
  if (/^[^<>\r\n]*<?[^\s<>@,;]+@[^\s<>@,;]+>?$/.test(given)) return given
  throw new EnvProblem('MAIL_FROM is not a sender: give an address, or Name <address>.')
}

function urlOf(source: Source, name: string, protocols: string[], fallback: string): string {
  const given = source[name]?.trim()
  if (!given) return fallback
  const url = URL.canParse(given) ? new URL(given) : null
  if (!url || !protocols.includes(url.protocol)) {
    const forms = protocols.map((protocol) => `${protocol}//…`).join(' or ')
    throw new EnvProblem(`${name} is not an address: give ${forms}`)
  }
  return given.replace(/\/+$/, '')
}

/** The same door as the chargers' own: `wss://host/ocpp` → `https://host/files`. */
function filesBeside(ocppUrl: string): string {
  return ocppUrl.replace(/^ws/, 'http').replace(/\/ocpp$/, '') + '/files'
}

function checkedDatabaseUrl(url: string): string {
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return url
  throw new EnvProblem(
    'DATABASE_URL is not a Postgres address: give postgres://user:password@host:5432/name',
  )
}

function proxiesOf(list: string | null): string[] {
  const entries = (list ?? '').split(',').map((entry) => entry.trim())
  return entries.filter(Boolean).map((entry) => {
    const [address = '', bits] = entry.split('/')
    const version = isIP(address)
    const isRange =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
    if (version && isRange) return entry
    throw new EnvProblem(
      'TRUSTED_PROXIES is a list of addresses or ranges with commas: 10.0.0.1,192.168.0.0/16',
    )
  })
}

function isContainer(source: Source): boolean {
  return (
    existsSync('/.dockerenv') ||
    existsSync('/run/.containerenv') ||
    Boolean(source.KUBERNETES_SERVICE_HOST)
  )
}
