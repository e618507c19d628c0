/**
 * `npm run backup -- <folder>` and `npm run restore -- <folder> [--until <moment>]`, for the embedded Postgres. With a
 * database of your own (DATABASE_URL) its own tools do this: docs/runbook.md.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { env, EnvProblem, type Env } from '@/platform/env'

import { startEmbeddedPostgres } from '../database'
import { StartProblem } from '../problem'
import { say, sayWhile } from '../say'
import { backUp } from './backUp'
import { restore } from './restore'

const now = () => new Date()
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { until: { type: 'string' } },
})
const [task, folder] = positionals

try {
  const settings = env()
  if (!settings.isDatabaseEmbedded) {
    throw new StartProblem(
      'The database is one of your own (DATABASE_URL): back it up with its own tools, and the data directory with a copy (docs/runbook.md).',
    )
  }
  if (!folder) throw new StartProblem(`Name the folder: npm run ${task} -- /path/to/folder`)
  await (task === 'restore'
    ? bringBack(settings, resolve(folder))
    : takeOne(settings, resolve(folder)))
} catch (error) {
  const isForPeople = error instanceof StartProblem || error instanceof EnvProblem
  process.stderr.write(`${isForPeople ? error.message : (error as Error).stack}\n`)
  process.exitCode = 1
}

async function takeOne({ dataDir }: Env, to: string): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir, say })
  try {
    const backup = await sayWhile(`Copying to ${to}`, () =>
      backUp({ dataDir, superuser: postgres.superuser(), folder: to, now }),
    )
    say(
      `Backed up ${Math.round(backup.bytes / 1e6)} MB as of ${backup.takenAt}. It holds the secrets too: keep it safe.`,
    )
  } finally {
    // One that ran already belongs to the product that runs.
    if (!postgres.isAdopted) await postgres.stop()
  }
}

async function bringBack(settings: Env, from: string): Promise<void> {
  const until = values.until ? new Date(values.until) : null
  if (until && Number.isNaN(until.getTime()))
    throw new StartProblem('--until is a moment with its zone: --until 2026-11-28T18:00:00Z')
  const restored = await sayWhile(`Bringing back ${from}`, () =>
    restore({
      dataDir: settings.dataDir,
      folder: from,
      archive: settings.walArchive,
      until,
      now,
      say,
    }),
  )
  for (const place of restored.movedTo) say(`What was there before is kept in ${place}.`)
  const { lastCommitAt, backup } = restored
  say(
    `The database is back as of ${lastCommitAt?.toISOString() ?? backup.takenAt}. Start it with: npm start`,
  )
}
