/**
 * `node src/main/run.mjs src/bench/panel.ts [--chargers 10000] [--sessions 1000000] [--rounds 40] [--hold file.json | --on file.json]`
 * The panel on a large network: a Postgres of its own is filled, the built web role is started on it, a Super Admin and
 * an operator of three regions open each page again and again; prints p50 and p95 of the whole answer. Build first.
 * `--hold` leaves the filled database running and writes where, until SIGTERM; `--on` measures on one that is held.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { projectRoot } from '@/main/project'
import { fillBigNetwork } from './bigNetwork'
import { createTestbed, type ChargerSide, type Testbed } from './testbed'

const { values } = parseArgs({
  options: {
    chargers: { type: 'string', default: '10000' },
    sessions: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '40' },
    only: { type: 'string' },
    hold: { type: 'string' },
    on: { type: 'string' },
  },
})

const password = 'correct horse battery staple'
const limitMs = 500
const say = (text: string) => process.stderr.write(`${text}\n`)

/** Charger 23 stands at site 24, in region 1: inside the operator's scope as well. */
const pages: [name: string, path: string][] = [
  ['dashboard', '/admin'],
  ['map page', '/admin/map'],
  ['map data', '/api/map'],
  ['map, one site', '/api/map?site=24'],
  ['chargers list', '/admin/collections/chargers'],
  ['chargers, searched', '/admin/collections/chargers?search=Bay'],
  ['chargers, faulted', '/admin/collections/chargers?where[or][0][and][0][status][equals]=Faulted'],
  ['chargers, page 300', '/admin/collections/chargers?page=300'],
  ['sessions list', '/admin/collections/sessions'],
  ['sessions of a charger', '/admin/collections/sessions?where[or][0][and][0][charger][equals]=23'],
  [
    'sessions to review',
    '/admin/collections/sessions?where[or][0][and][0][status][equals]=needs-review',
  ],
  ['live sessions', '/admin/live-sessions'],
  ['alerts', '/admin/collections/alerts'],
  ['audit log', '/admin/collections/audit-log'],
  ['cards list', '/admin/collections/rfid-cards'],
  ['drivers list', '/admin/collections/drivers'],
  ['sites list', '/admin/collections/sites'],
  ['site page', '/admin/collections/sites/24'],
  ['fleets list', '/admin/collections/fleets'],
  ['fleet page', '/admin/collections/fleets/4'],
  ['session page', '/admin/collections/sessions/777777'],
  ['charger page', '/admin/collections/chargers/23'],
  ['charger, events', '/admin/collections/chargers/23/events'],
  ['charger, sessions', '/admin/collections/chargers/23/sessions'],
  ['charger, audit', '/admin/collections/chargers/23/audit'],
  ['OCPP messages', '/api/ocpp-messages?charger=23&limit=100'],
  ['connection doctor', '/admin/connection-doctor'],
  ['find "ba"', '/api/find?q=ba'],
  ['find "bay 77"', '/api/find?q=bay+77'],
  ['find "leeds arena"', '/api/find?q=leeds+arena'],
  ['find a serial', '/api/find?q=SN00004242'],
  ['find a card', '/api/find?q=0404040404'],
  ['find a driver', '/api/find?q=amelia+smith'],
  ['find a session', '/api/find?q=777777'],
]

type Person = { name: string; email: string; grant: string }
const people: Person[] = [
  {
    name: 'admin',
    email: 'admin@example.com',
    grant: `insert into grants (user_id, role, scope) values ($1, 'super-admin', 'all')`,
  },
  {
    name: 'operator',
    email: 'operator@example.com',
    grant: `with made as (insert into grants (user_id, role, scope) values ($1, 'operator', 'regions') returning id)
            insert into grants_rels (parent_id, path, regions_id, "order") select made.id, 'regions', r, r from made, unnest(array[1, 2, 3]) r`,
  },
]

async function addPeople(bed: Testbed): Promise<void> {
  for (const { email, name, grant } of people) {
    const salt = randomBytes(32).toString('hex')
    const hash = pbkdf2Sync(password, salt, 25_000, 512, 'sha256').toString('hex')
    const { rows } = await bed.pool.query<{ id: number }>(
      `insert into users (name, email, salt, hash) values ($1, $2, $3, $4) returning id`,
      [name, email, salt, hash],
    )
    await bed.pool.query(grant, [rows[0]!.id])
  }
}

async function startWeb(bed: ChargerSide): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const child = spawn(process.execPath, [join(projectRoot, 'dist/web.js')], {
    cwd: projectRoot,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NODE_OPTIONS: '',
      LOG_LEVEL: 'warn',
      DATABASE_URL: bed.databaseUrl,
      PAYLOAD_SECRET: bed.payloadSecret,
      CPMS_DATA_DIR: bed.dataDir,
      HOST: '127.0.0.1',
      PUBLIC_URL: url,
      PORT: String(port),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await new Promise<void>((done, fail) => {
    child.once('message', () => done())
    child.once('exit', (code) => fail(new Error(`the web role ended with ${code}`)))
  })
  return { url, child }
}

async function signIn(url: string, email: string): Promise<Record<string, string>> {
  const response = await fetch(`${url}/api/users/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const { token } = (await response.json()) as { token?: string }
  if (!token) throw new Error(`${email} could not sign in (${response.status})`)
  return { Cookie: `payload-token=${token}`, 'Sec-Fetch-Site': 'same-origin' }
}

type Measured = { p50: number; p95: number; kilobytes: number; status: number }

async function measure(url: string, headers: Record<string, string>): Promise<Measured> {
  const took: number[] = []
  let kilobytes = 0
  let status = 0
  const rounds = Number(values.rounds)
  for (let round = -5; round < rounds; round++) {
    const startedAt = performance.now()
    const response = await fetch(url, { headers, redirect: 'manual' })
    kilobytes = (await response.arrayBuffer()).byteLength / 1000
    status = response.status
    if (round >= 0) took.push(performance.now() - startedAt)
  }
  took.sort((a, b) => a - b)
  const at = (share: number) =>
    took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0
  return { p50: at(0.5), p95: at(0.95), kilobytes, status }
}

async function measureAll(url: string): Promise<number> {
  let tooSlow = 0
  process.stdout.write('who       page                        p50 ms   p95 ms       kB  status\n')
  for (const { email, name } of people) {
    const headers = await signIn(url, email)
    for (const [page, path] of pages.filter(
      ([page]) => !values.only || page.includes(values.only),
    )) {
      const { p50, p95, kilobytes, status } = await measure(url + path, headers)
      if (p95 > limitMs || status >= 400) tooSlow++
      process.stdout.write(
        `${name.padEnd(10)}${page.padEnd(26)}${p50.toFixed(0).padStart(8)}${p95.toFixed(0).padStart(9)}` +
          `${kilobytes.toFixed(0).padStart(9)}${String(status).padStart(8)}${p95 > limitMs ? '  TOO SLOW' : ''}\n`,
      )
    }
  }
  return tooSlow
}

async function measureOn(held: ChargerSide): Promise<number> {
  const web = await startWeb(held)
  try {
    return (await measureAll(web.url)) > 0 ? 1 : 0
  } finally {
    web.child.kill('SIGTERM')
  }
}

async function main(): Promise<number> {
  if (values.on) return measureOn(JSON.parse(readFileSync(values.on, 'utf8')) as ChargerSide)
  const bed = await createTestbed({ chargers: 0, prefix: 'BENCH', say })
  try {
    // the proving ground of the other benches is not part of this network
    await bed.pool.query(`delete from sites`)
    await bed.pool.query(`select setval('sites_id_seq', 1, false)`)
    await fillBigNetwork(
      bed.pool,
      { chargers: Number(values.chargers), sessions: Number(values.sessions) },
      say,
    )
    await addPeople(bed)
    if (values.hold) {
      const { databaseUrl, payloadSecret, dataDir } = bed
      writeFileSync(values.hold, JSON.stringify({ databaseUrl, payloadSecret, dataDir }))
      say(`It runs: ${databaseUrl}`)
      const hold = setInterval(() => {}, 60_000)
      await new Promise<void>((done) => process.once('SIGTERM', () => done()))
      clearInterval(hold)
      return 0
    }
    return await measureOn(bed)
  } finally {
    await bed.close()
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exit(1)
  },
)
