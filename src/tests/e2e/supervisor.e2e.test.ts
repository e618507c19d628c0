/**
 * `npm start` as people and machines treat it: started twice, killed, its parts killed, interrupted. The built product on
 * its own embedded Postgres; the tests follow one another and share it.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')
const [web, ocpp, live] = [await freePort(), await freePort(), await freePort()]
const panel = `http://127.0.0.1:${web}`
const dataDir = mkdtempSync(join(tmpdir(), 'cpms-supervisor-'))
const env: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'production',
  LOG_LEVEL: 'error',
  HOST: '127.0.0.1',
  CPMS_DATA_DIR: dataDir,
  PORT: String(web),
  OCPP_PORT: String(ocpp),
  LIVE_PORT: String(live),
}
type Start = { child: ChildProcess; output(): string; ended: Promise<number | null> }
let product: Start
let password: string

beforeAll(() => {
  chmodSync(dataDir, 0o711)
  const built = spawnSync(process.execPath, ['src/main/start.mjs', '--build'], { cwd: root, env })
  expect(built.status).toBe(0)
}, 300_000)

afterAll(async () => {
  if (product.child.exitCode === null) process.kill(-(product.child.pid ?? 0), 'SIGTERM')
  await product.ended
  rmSync(dataDir, { recursive: true, force: true })
}, 30_000)

function start(own: Record<string, string> = {}): Start {
  const child = spawn(process.execPath, ['src/main/start.mjs'], {
    cwd: root,
    env: { ...env, ...own },
    detached: true,
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (text += String(chunk)))
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  return { child, ended, output: () => text }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 40_000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not within 40 s\n${product.output()}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}

const isHealthy = () =>
  fetch(`${panel}/api/health`).then(
    (answer) => answer.ok,
    () => false,
  )
const isRunning = () =>
  until('running', () => product.output().includes('CITA EV CPMS is running.'))
const postmaster = () =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

/** The process of a role below our supervisor. */
function pidOf(role: string): number {
  const children = readFileSync(
    `/proc/${product.child.pid}/task/${product.child.pid}/children`,
    'utf8',
  )
  const pids = children.split(' ').map(Number).filter(Boolean)
  return (
    pids.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`dist/${role}.js`)) ??
    0
  )
}

async function login(): Promise<number> {
  const answer = await fetch(`${panel}/api/users/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@cpms.local', password }),
  })
  return answer.status
}

test('the first start prints a one-time password that opens the panel, and the addresses', async () => {
  product = start()
  await isRunning()
  password = /One-time password {2}(\S+)/.exec(product.output())?.[1] ?? ''
  expect(product.output()).toContain(`ws://localhost:${ocpp}/ocpp/<identity>`)
  expect(await login()).toBe(200)
})

test('a second start is told who is running, and disturbs nobody', async () => {
  const second = start()
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(
    `It is running already with this data directory (process ${product.child.pid})`,
  )
  expect(await isHealthy()).toBe(true)
})

test('a crashed role is started again, with a line that says so', async () => {
  const crashed = pidOf('ocpp')
  process.kill(crashed, 'SIGKILL')
  await until('the ocpp role again', () =>
    fetch(`http://127.0.0.1:${ocpp}/readyz`).then(
      (answer) => answer.ok && pidOf('ocpp') !== crashed,
      () => false,
    ),
  )
  expect(product.output()).toContain('ocpp ended with SIGKILL and is started again')
})

test('a killed Postgres is started again, and the panel answers as before', async () => {
  const killed = postmaster()
  process.kill(killed, 'SIGKILL')
  await until(
    'another Postgres',
    () => existsSync(join(dataDir, 'postgres/postmaster.pid')) && postmaster() !== killed,
  )
  await until('a healthy panel', isHealthy)
  expect(await login()).toBe(200)
})

test('after a kill -9 of the supervisor its roles end, and the next start takes Postgres over with everything in it', async () => {
  const roles = ['web', 'ocpp', 'worker'].map(pidOf)
  const server = postmaster()
  process.kill(product.child.pid ?? 0, 'SIGKILL')
  product = start()
  await isRunning()
  expect(roles.filter((pid) => existsSync(`/proc/${pid}/exe`))).toEqual([])
  expect(postmaster()).toBe(server)
  expect(product.output()).not.toContain('One-time password')
  expect(await login()).toBe(200)
})

test('Ctrl-C stops all of it within 20 s, Postgres last, with exit code 0', async () => {
  const server = postmaster()
  const at = Date.now()
  process.kill(-(product.child.pid ?? 0), 'SIGINT')
  expect(await product.ended).toBe(0)
  expect(Date.now() - at).toBeLessThan(20_000)
  expect(product.output().trimEnd()).toMatch(/Stopped\.$/)
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  expect(existsSync(`/proc/${server}/exe`)).toBe(false)
})

test('an occupied port is named with the way out, and Postgres does not stay behind', async () => {
  const other = createServer().listen(ocpp, '127.0.0.1')
  const refused = start()
  expect(await refused.ended).toBe(1)
  expect(refused.output()).toContain(`Port ${ocpp} is in use by another program.`)
  expect(refused.output()).toContain(`OCPP_PORT=${ocpp + 1} npm start`)
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  other.close()
})

test('whoever read its lines may go away; it still stops all of it', async () => {
  product = start()
  await isRunning()
  product.child.stdout?.destroy()
  product.child.stderr?.destroy()
  process.kill(product.child.pid ?? 0, 'SIGTERM')
  expect(await product.ended).toBe(0)
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
})
