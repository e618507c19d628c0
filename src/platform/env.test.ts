import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { demandProduction, EnvProblem, readEnv, readLogLevel } from './env'

const strong = '4f1c0e9a7b2d4c58a1e6f3b09d8c7a65'
let dataDir: string

beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'cpms-env-'))))
afterEach(() => rmSync(dataDir, { recursive: true }))

function storeSecret(value: string, mode: number) {
  mkdirSync(join(dataDir, 'secrets'), { recursive: true })
  const file = join(dataDir, 'secrets/payload-secret')
  writeFileSync(file, value)
  chmodSync(file, mode)
}

test('a machine that sets nothing gets addresses that work on itself', () => {
  const settings = readEnv({})
  expect(settings).toMatchObject({
    port: 3000,
    ocppPort: 9220,
    livePort: 9230,
    publicUrl: 'http://localhost:3000',
    ocppPublicUrl: 'ws://localhost:9220/ocpp',
    livePublicUrl: 'ws://localhost:9230/live',
    isDatabaseEmbedded: true,
    trustedProxies: [],
    ocppTls: null,
  })
})

test('the addresses follow PUBLIC_URL and its TLS', () => {
  const settings = readEnv({ PUBLIC_URL: 'https://cpms.example/' })
  expect(settings.publicUrl).toBe('https://cpms.example')
  expect(settings.ocppPublicUrl).toBe('wss://cpms.example:9220/ocpp')
})

describe('SEC-44 a setting that cannot be used names its variable and prints no value', () => {
  test.each([
    ['PORT', '0'],
    ['OCPP_PORT', 'http'],
    ['PUBLIC_URL', 'cpms.example'],
    ['LIVE_PUBLIC_URL', 'https://cpms.example'],
    ['SMTP_URL', 'mail.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['CPMS_ADMIN_PASSWORD', 'short-one'],
    ['OCPP_TLS_CERT', '/tmp/only-the-cert.pem'],
  ])('%s=%s', (name, value) => {
    const read = () => readEnv({ [name]: value })
    expect(read).toThrow(EnvProblem)
    expect(read).toThrow(name)
    expect(read).not.toThrow(value)
  })

  test.each(['changeme', 'tiny-one', 'a'.repeat(40), `changeme${strong}`])(
    'PAYLOAD_SECRET=%s',
    (value) => {
      const read = () => readEnv({ PAYLOAD_SECRET: value, CPMS_DATA_DIR: dataDir }).payloadSecret
      expect(read).toThrow(/PAYLOAD_SECRET is too short or a default/)
      expect(read).not.toThrow(value)
    },
  )

  test('DATABASE_URL with another scheme', () => {
    const read = () => readEnv({ DATABASE_URL: 'mysql://root:hidden@db/cpms' }).databaseUrl
    expect(read).toThrow('DATABASE_URL')
    expect(read).not.toThrow('hidden')
  })

  test('a secret on disk that everyone can read', () => {
    storeSecret(strong, 0o644)
    expect(() => readEnv({ CPMS_DATA_DIR: dataDir }).payloadSecret).toThrow('chmod 600')
    storeSecret(strong, 0o600)
    expect(readEnv({ CPMS_DATA_DIR: dataDir }).payloadSecret).toBe(strong)
  })

  test('NODE_ENV is production or nothing', () => {
    expect(() => demandProduction({ NODE_ENV: 'development' })).toThrow('NODE_ENV')
    const source: Record<string, string | undefined> = {}
    demandProduction(source)
    expect(source.NODE_ENV).toBe('production')
  })
})

test('without a database or a secret a role says where they would come from', () => {
  const settings = readEnv({ CPMS_DATA_DIR: dataDir })
  expect(() => settings.databaseUrl).toThrow(/DATABASE_URL, or run "npm start"/)
  expect(() => settings.payloadSecret).toThrow(/PAYLOAD_SECRET is not set/)
})

test('a role alone finds the embedded Postgres that runs for its data directory', () => {
  mkdirSync(join(dataDir, 'postgres'))
  mkdirSync(join(dataDir, 'secrets'))
  writeFileSync(join(dataDir, 'secrets/postgres-password'), 'a b\n', { mode: 0o600 })
  writeFileSync(
    join(dataDir, 'postgres/postmaster.pid'),
    `42\n${dataDir}/postgres\n1700000000\n40123\n\n`,
  )
  const settings = readEnv({ CPMS_DATA_DIR: dataDir })
  expect(settings.databaseUrl).toBe('postgres://cpms:a%20b@127.0.0.1:40123/cpms')
})

test('the key of charger passwords survives a new PAYLOAD_SECRET when it has its own', () => {
  const keyOf = (source: Record<string, string>) => readEnv(source).chargerKey.toString('hex')
  expect(keyOf({ PAYLOAD_SECRET: strong })).not.toBe(keyOf({ PAYLOAD_SECRET: `${strong}x` }))
  const own = { CPMS_CHARGER_KEY: `${strong}key` }
  expect(keyOf({ ...own, PAYLOAD_SECRET: strong })).toBe(
    keyOf({ ...own, PAYLOAD_SECRET: `${strong}x` }),
  )
})

test('the log is silent under test unless it is asked', () => {
  expect(readLogLevel({ NODE_ENV: 'test' })).toBe('silent')
  expect(readLogLevel({ NODE_ENV: 'test', LOG_LEVEL: 'DEBUG' })).toBe('debug')
  expect(readLogLevel({ LOG_LEVEL: 'loud' })).toBe('info')
})
