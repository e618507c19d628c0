/** The built product as its users meet it: the three roles as processes, on a database of the test's own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import type { Pool } from '@/db/pool'

import { testDatabase } from './db'

const root = resolve(import.meta.dirname, '../../..')

export type RoleName = 'ocpp' | 'worker' | 'web'

export type Product = {
  pool: Pool
  url: string
  ocppUrl: string
  liveUrl: string
  payloadSecret: string
  admin: { email: string; password: string }
  /** Ends a role at once, as a crash does. */
  kill(role: RoleName): Promise<void>
  start(role: RoleName): Promise<void>
  /** The process of a role; null when it has ended. */
  pidOf(role: RoleName): number | null
  close(): Promise<void>
}

/** Everything runs and a Super Admin can log in. Builds first what is missing, which takes a minute on a fresh clone. */
export async function startProduct(more: Record<string, string> = {}): Promise<Product> {
  build()
  const database = await testDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'cpms-e2e-'))
  const [port, ocppPort, livePort] = [await freePort(), await freePort(), await freePort()]
  const url = `http://localhost:${port}`
  const payloadSecret = randomBytes(32).toString('hex')
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    NODE_OPTIONS: '',
    LOG_LEVEL: 'warn',
    DATABASE_URL: database.url,
    PAYLOAD_SECRET: payloadSecret,
    CPMS_DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    PORT: String(port),
    OCPP_PORT: String(ocppPort),
    LIVE_PORT: String(livePort),
    ...more,
  }
  const running = new Map<RoleName, ChildProcess>()

  async function start(role: RoleName): Promise<void> {
    const child = spawn(process.execPath, [join(root, `dist/${role}.js`)], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    running.set(role, child)
    await new Promise<void>((done, fail) => {
      child.once('message', () => done())
      child.once('exit', (code) => fail(new Error(`${role} ended with ${code}`)))
    })
  }

  async function kill(role: RoleName, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = running.get(role)
    running.delete(role)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.kill(signal)
    await ended
  }

  const admin = { email: 'admin@example.com', password: 'correct horse battery staple' }
  await makeAdmin(database.pool, admin)
  await Promise.all([start('ocpp'), start('worker'), start('web')])
  return {
    pool: database.pool,
    url,
    ocppUrl: `ws://localhost:${ocppPort}/ocpp`,
    liveUrl: `ws://localhost:${livePort}/live`,
    payloadSecret,
    admin,
    kill: (role) => kill(role),
    start,
    pidOf: (role) => {
      const child = running.get(role)
      return child && child.exitCode === null ? (child.pid ?? null) : null
    },
    async close() {
      await Promise.all([...running.keys()].map((role) => kill(role)))
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function build(): void {
  const { status } = spawnSync(process.execPath, ['src/main/start.mjs', '--build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`the product could not be built (${status})`)
}

/** A login as Payload stores it (pbkdf2, 25,000 rounds, sha256), and the whole network. */
async function makeAdmin(pool: Pool, admin: Product['admin']): Promise<void> {
  const salt = randomBytes(32).toString('hex')
  const hash = pbkdf2Sync(admin.password, salt, 25_000, 512, 'sha256').toString('hex')
  await pool.query(
    `with made as (insert into users (name, email, salt, hash) values ('Ada Admin', $1, $2, $3) returning id)
     insert into grants (user_id, role, scope) select id, 'super-admin', 'all' from made`,
    [admin.email, salt, hash],
  )
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => done(port))
    })
  })
}
