/** The `ocpp` role as a child process: the built file where there is one, as in production. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { ChargerSide } from './testbed'

const ROOT = join(import.meta.dirname, '../..')

/** All load comes from one address and faster than any charger speaks: the guards against that are opened. */
export const benchEnv: Record<string, string> = {
  OCPP_CONNECTIONS_PER_10S: '100000',
  OCPP_CALLS_PER_SECOND: '1000000',
}

export type Weight = { rss: number; heapUsed: number; external: number; arrayBuffers: number }

export type OcppRole = {
  child: ChildProcess
  pid: number
  /** Without the identity. */
  url: string
  port: number
  /** `performance.now()` of the moment the process was asked for. */
  spawnedAt: number
  hasEnded: () => boolean
  untilReady: (withinMs?: number) => Promise<void>
  /** Memory after a garbage collection; only where the role was started with `probe`. */
  weigh: () => Promise<Weight>
  /** kill -9; resolves when it is gone. */
  kill: () => Promise<void>
  /** SIGTERM; resolves with its exit code. */
  stop: () => Promise<number | null>
}

let built: Promise<string> | null = null
const OLD_MS = 3_600_000

/**
 * Bundles the role once per process, as `npm run build` does; the answer is the file to run. Its name is its content,
 * so that two who build at once do not write into each other's file; what nobody used for an hour goes.
 */
export function buildOcppRole(): Promise<string> {
  built ??= (async () => {
    const { outputFiles } = await build({
      entryPoints: [join(ROOT, 'ocpp/main.ts')],
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      write: false,
      logLevel: 'error',
      absWorkingDir: ROOT,
    })
    const text = outputFiles[0]!.text
    const folder = join(ROOT, 'dist/bench')
    mkdirSync(folder, { recursive: true })
    for (const name of readdirSync(folder)) {
      const age =
        Date.now() - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0)
      if (age > OLD_MS) rmSync(join(folder, name), { force: true })
    }
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 12)
    const file = join(folder, `ocpp-${digest}.mjs`)
    const half = `${file}.${process.pid}`
    writeFileSync(half, text)
    renameSync(half, file)
    return file
  })()
  return built
}

/** A port that nobody listens on at present. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(),
      )
    })
  })

/** Starts the role on the testbed; does not wait for it (`untilReady` does). */
export async function startOcppRole(
  bed: ChargerSide,
  options: {
    port?: number
    hasProbe?: boolean
    env?: Record<string, string>
    log?: 'inherit' | number
  } = {},
): Promise<OcppRole> {
  const file = await buildOcppRole()
  const port = options.port ?? (await freePort())
  const probe = options.hasProbe
    ? ['--expose-gc', '--import', join(import.meta.dirname, 'probe.mjs')]
    : []
  const log = options.log ?? 'ignore'
  const isTls = options.env?.['OCPP_TLS_CERT'] !== undefined
  const spawnedAt = performance.now()
  const child = spawn(process.execPath, [...probe, file], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      DATABASE_URL: bed.databaseUrl,
      CPMS_DATA_DIR: bed.dataDir,
      PAYLOAD_SECRET: bed.payloadSecret,
      OCPP_PORT: String(port),
      HOST: '127.0.0.1',
      ...options.env,
    },
    stdio: ['ignore', log, log, 'ipc'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  return {
    child,
    pid: child.pid!,
    port,
    url: isTls ? `wss://localhost:${port}/ocpp` : `ws://127.0.0.1:${port}/ocpp`,
    spawnedAt,
    hasEnded,
    untilReady: (withinMs = 15_000) => untilReady(port, isTls, withinMs, hasEnded),
    weigh: () =>
      new Promise((resolve) => {
        const onMessage = (message: { weight?: Weight }) => {
          if (!message.weight) return
          child.off('message', onMessage)
          resolve(message.weight)
        }
        child.on('message', onMessage)
        child.send('weigh')
      }),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

async function untilReady(port: number, isTls: boolean, withinMs: number, hasEnded: () => boolean) {
  const end = Date.now() + withinMs
  while (Date.now() < end) {
    if (hasEnded()) throw new Error('the ocpp role ended while starting')
    if (await isReadyAt(port, isTls)) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`the ocpp role is not ready after ${withinMs} ms`)
}

/** Whoever knocks with our certificate is trusted here: it is the test's own. */
function isReadyAt(port: number, isTls: boolean): Promise<boolean> {
  const get = isTls ? https.get : http.get
  const url = `${isTls ? 'https' : 'http'}://127.0.0.1:${port}/readyz`
  return new Promise((resolve) => {
    get(url, { rejectUnauthorized: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    }).on('error', () => resolve(false))
  })
}
