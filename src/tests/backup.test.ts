/**
 * Backup and restore of the embedded Postgres while somebody writes to it (RELIABILITY FT-28): what comes back is what
 * was committed at the moment asked for, no row more and none less.
 */
import { chmodSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'

import { backUp } from '@/main/backup/backUp'
import { restore } from '@/main/backup/restore'
import { archiveSettings } from '@/main/backup/walArchive'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@/main/database'

const now = () => new Date()
const say = () => {}
let place: string
let dataDir: string
let archive: string

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'cpms-backup-'))
  chmodSync(place, 0o711)
  dataDir = join(place, 'data')
  archive = join(place, 'it’s the log')
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

/** Counts up, one commit a row, until it is told to stop; answers with the last number it was told is stored. */
function writeRows(url: string): { stop(): Promise<number>; stored(): number } {
  let isStopping = false
  let stored = 0
  const done = (async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    while (!isStopping) {
      await client.query('insert into counted (n) values ($1)', [stored + 1])
      stored += 1
    }
    await client.end()
  })()
  return {
    stored: () => stored,
    async stop() {
      isStopping = true
      await done
      return stored
    },
  }
}

async function ask<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}

async function countIn(folder: string): Promise<{ rows: number; last: number }> {
  const postgres = await startEmbeddedPostgres({ dataDir: folder, say })
  try {
    const [found] = await ask<{ rows: number; last: number }>(
      postgres.url,
      'select count(*)::int as rows, max(n)::int as last from counted',
    )
    return found!
  } finally {
    await postgres.stop()
  }
}

async function running(): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, say, settings: archiveSettings(archive, say) })
}

test('a database comes back as of its backup, and as of any moment after it', async () => {
  const postgres = await running()
  mkdirSync(join(dataDir, 'firmware'))
  writeFileSync(join(dataDir, 'firmware/image'), 'an image')
  await ask(postgres.url, 'create table counted (n int primary key)')
  const writer = writeRows(postgres.url)
  while (writer.stored() < 50) await new Promise((resolve) => setTimeout(resolve, 5))

  const atStart = writer.stored()
  const folder = join(place, 'backup')
  await backUp({ dataDir, superuser: postgres.superuser(), folder, now })
  const atEnd = writer.stored()
  await expect(backUp({ dataDir, superuser: postgres.superuser(), folder, now })).rejects.toThrow(
    'is not empty',
  )
  await expect(
    backUp({ dataDir, superuser: postgres.superuser(), folder: join(dataDir, 'backup'), now }),
  ).rejects.toThrow('lies in the data directory')

  while (writer.stored() < atEnd + 50) await new Promise((resolve) => setTimeout(resolve, 5))
  const atMoment = await writer.stop()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const moment = now()
  await new Promise((resolve) => setTimeout(resolve, 20))
  await ask(postgres.url, 'delete from counted where n > 10')
  await expect(restore({ dataDir, folder, archive: null, until: null, now, say })).rejects.toThrow(
    'Stop it first',
  )
  await postgres.stop()

  const asked = { folder, now, say }
  const early = { archive, until: new Date(0) }
  await expect(restore({ ...asked, ...early, dataDir })).rejects.toThrow('take an older one')

  const plain = join(place, 'as of the backup')
  await restore({ ...asked, dataDir: plain, archive: null, until: null })
  const { rows, last } = await countIn(plain)
  expect(rows).toBe(last)
  expect(rows).toBeGreaterThanOrEqual(atStart)
  expect(rows).toBeLessThanOrEqual(atEnd)
  expect(readFileSync(join(plain, 'firmware/image'), 'utf8')).toBe('an image')

  const { movedTo } = await restore({ ...asked, dataDir, archive, until: moment })
  expect(await countIn(dataDir)).toEqual({ rows: atMoment, last: atMoment })
  expect(movedTo.length).toBeGreaterThan(0)

  await expect(
    restore({ ...asked, dataDir, archive, until: new Date(Date.now() + 86_400_000) }),
  ).rejects.toThrow('may end before')
  const newest = join(place, 'newest')
  await restore({ ...asked, dataDir: newest, archive, until: null })
  expect((await countIn(newest)).last).toBe(10)
}, 120_000)
