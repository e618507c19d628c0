/**
 * The embedded Postgres as crashes, hurried people and full machines leave it. Durable settings, as in production; the
 * first start is the slow one, so the tests share a data directory and leave it stopped and whole.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'

import { startEmbeddedPostgres, type EmbeddedPostgres } from '@/main/database'
import { beTheOnlySupervisor } from '@/main/oneSupervisor'
import { needsMigrating } from '@/main/pending'
import { postmasterOf } from '@/platform/dataDir'

let dataDir: string
let said: string[]
const running: EmbeddedPostgres[] = []

beforeAll(() => (dataDir = emptyDir()))
beforeEach(() => (said = []))
afterEach(async () => {
  await Promise.all(running.splice(0).map((postgres) => postgres.stop()))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** Open for Postgres' own user to pass through, where root runs the tests. */
function emptyDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'cpms-embedded-'))
  chmodSync(dir, 0o711)
  return dir
}

async function start(dir = dataDir): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir: dir, say: (line) => said.push(line) })
  running.push(postgres)
  return postgres
}

async function ask<T extends pg.QueryResultRow>(url: string, statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(statement)).rows
  } finally {
    await client.end()
  }
}

const pidOf = () => postmasterOf(dataDir)?.pid ?? 0

test('it is durable, listens on this machine only, and its owner is no superuser', async () => {
  const { url } = await start()
  const [settings] = await ask(
    url,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
            current_setting('full_page_writes') as full_page_writes, current_setting('data_checksums') as data_checksums,
            current_setting('listen_addresses') as listen_addresses, current_setting('is_superuser') as is_superuser`,
  )
  expect(settings).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    data_checksums: 'on',
    listen_addresses: '127.0.0.1',
    is_superuser: 'off',
  })
  const wrong = url.replace(/:[^:@]+@/, ':guessed@')
  await expect(ask(wrong, 'select 1')).rejects.toThrow('password authentication failed')
})

test('its secrets are made once and are readable by their owner only', async () => {
  const { url } = await start()
  for (const name of ['postgres-superuser', 'postgres-password']) {
    expect(statSync(join(dataDir, 'secrets', name)).mode & 0o777).toBe(0o600)
  }
  expect((await start()).url).toBe(url)
})

test('of two first starts at once both end with the same server', async () => {
  const fresh = emptyDir()
  const [one, other] = await Promise.all([start(fresh), start(fresh)])
  expect(one.url).toBe(other.url)
  await one.stop()
  rmSync(fresh, { recursive: true })
})

test('a server whose supervisor was killed is taken over, and stopped by who took it over', async () => {
  await start()
  const pid = pidOf()
  const heir = await start()
  expect([heir.isAdopted, pidOf()]).toEqual([true, pid])
  await heir.stop()
  expect(pidOf()).toBe(0)
})

test('a killed server is started again on the same port with what was committed', async () => {
  const postgres = await start()
  await ask(postgres.url, 'create table kept (n int)')
  await ask(postgres.url, 'insert into kept values (42)')
  const restarted = new Promise<void>((resolve, reject) => {
    postgres.keepRunning({ onRestart: async () => resolve(), onGone: reject })
  })
  process.kill(pidOf(), 'SIGKILL')
  await restarted
  expect(await ask(postgres.url, 'select n from kept')).toEqual([{ n: 42 }])
  expect(said.join('\n')).toContain('Postgres has stopped by itself; starting it again.')
})

test('a lock that names another program is removed, with a line that says so', async () => {
  const postgres = await start()
  await postgres.stop()
  running.splice(0)
  const other = spawn('sleep', ['60'])
  const port = readFileSync(join(dataDir, 'postgres-port'), 'utf8').trim()
  writeFileSync(
    join(dataDir, 'postgres/postmaster.pid'),
    `${other.pid}\n${dataDir}/postgres\n1700000000\n${port}\n\n127.0.0.1\n\nready\n`,
    { mode: 0o600 },
  )
  expect((await start()).url).toBe(postgres.url)
  expect(said.join('\n')).toContain(`names process ${other.pid}, which is another program now`)
  other.kill()
})

test('a second supervisor of the same data directory is refused by the number of the first', async () => {
  const postgres = await start()
  const lock = await beTheOnlySupervisor(postgres.superuser('cpms'))
  await expect(beTheOnlySupervisor(postgres.superuser('cpms'))).rejects.toThrow(
    `It is running already with this data directory (process ${process.pid})`,
  )
  await lock.end()
})

test('a data directory that cannot be written is named with what to do', async () => {
  const file = join(dataDir, 'file')
  writeFileSync(file, '')
  const refused = startEmbeddedPostgres({ dataDir: join(file, 'data'), say: () => {} })
  await expect(refused).rejects.toThrow(/cannot be made \(ENOTDIR\).*CPMS_DATA_DIR/)
})

test('files of another major version are left alone', async () => {
  const postgres = await start()
  await postgres.stop()
  running.splice(0)
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '15\n')
  await expect(start()).rejects.toThrow(/made by Postgres 15, this version brings 17.*pg_dump/)
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '17\n')
})

test('the one look before migrating: empty, older, up to date, newer', async () => {
  const { url } = await start()
  expect(await needsMigrating(url, ['a'])).toBe(true)
  await ask(url, 'create table payload_migrations (name text, batch numeric)')
  await ask(url, 'create table grants (role text)')
  await ask(url, `insert into payload_migrations values ('a', 1)`)
  expect(await needsMigrating(url, ['a'])).toBe(true)
  await ask(url, `insert into grants values ('super-admin')`)
  expect(await needsMigrating(url, ['a'])).toBe(false)
  expect(await needsMigrating(url, ['a', 'b'])).toBe(true)
  await expect(needsMigrating(url, [])).rejects.toThrow(/newer version of this product \(a\)/)
})
