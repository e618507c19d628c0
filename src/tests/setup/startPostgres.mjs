/**
 * One embedded Postgres for a run of the tests: real, in a temp directory, not durable. The project's own migrations
 * make a template database, from which each test file clones its own (`src/tests/helpers/db.ts`).
 */
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

import { build } from 'esbuild'
import pg from 'pg'

const root = join(import.meta.dirname, '../../..')

export default async function startPostgres() {
  // one of the run around this one is as good
  if (globalThis.cpmsTestPostgres || process.env.TEST_DATABASE_URL) return
  const startedAt = performance.now()
  let step = 'bundling'
  const impatience = setInterval(() => {
    process.stderr.write(
      `Still ${step} after ${Math.round((performance.now() - startedAt) / 1000)} s\n`,
    )
  }, 20_000).unref()
  removeOrphans()
  const bundles = await bundle()
  step = 'starting Postgres'
  const { startEmbeddedPostgres } = await import(pathToFileURL(join(bundles, 'database.js')).href)
  const { testSettings } = await import(pathToFileURL(join(bundles, 'settings.js')).href)
  const dataDir = mkdtempSync(join(tmpdir(), 'cpms-test-'))
  // For root: Postgres' own user has to pass through.
  chmodSync(dataDir, 0o711)
  writeFileSync(join(dataDir, 'owner'), String(process.pid))
  const postgres = await startEmbeddedPostgres({ dataDir, say: () => {}, settings: testSettings })
  globalThis.cpmsTestPostgres = {
    async stop() {
      await postgres.stop()
      for (const dir of [dataDir, bundles]) rmSync(dir, { recursive: true, force: true })
    },
  }
  step = 'migrating'
  try {
    await makeTemplate(postgres, join(bundles, 'migrate.js'))
  } catch (error) {
    await globalThis.cpmsTestPostgres.stop()
    throw error
  } finally {
    clearInterval(impatience)
  }
  process.env.TEST_DATABASE_URL = postgres.url
  process.stdout.write(
    `A migrated Postgres after ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`,
  )
}

/** A test run that was killed leaves its server behind: the next run ends it. */
function removeOrphans() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith('cpms-test-'))) {
    const dataDir = join(tmpdir(), name)
    const owner = Number(read(join(dataDir, 'owner')))
    if (!owner || isAlive(owner)) continue
    const postmaster = Number(read(join(dataDir, 'postgres/postmaster.pid')).split('\n')[0])
    if (postmaster && read(`/proc/${postmaster}/cmdline`).includes(dataDir))
      process.kill(postmaster, 'SIGQUIT')
    rmSync(dataDir, { recursive: true, force: true })
    rmSync(join(root, `dist/tests-${owner}`), { recursive: true, force: true })
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Below the project, where its packages are found. */
async function bundle() {
  const outdir = join(root, `dist/tests-${process.pid}`)
  await build({
    absWorkingDir: root,
    entryPoints: {
      database: 'src/main/database.ts',
      settings: 'src/main/postgres/settings.ts',
      migrate: 'src/main/migrate.ts',
    },
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20.20',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
  return outdir
}

async function makeTemplate(postgres, migrate) {
  // The condition: src/main/roles/specs.ts says why.
  const args = ['--conditions=production', migrate, '--without-admin']
  await promisify(execFile)(process.execPath, args, {
    cwd: root,
    timeout: 120_000,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      DATABASE_URL: postgres.url,
      PAYLOAD_SECRET: 'only-for-the-template-of-the-tests-0123456789',
    },
  })
  const client = new pg.Client(postgres.superuser('postgres'))
  await client.connect()
  try {
    await client.query('alter role cpms createdb')
    // Nobody connects to it any more, so that many can clone it at once.
    await client.query('alter database cpms rename to cpms_template')
    await client.query('alter database cpms_template is_template true allow_connections false')
  } finally {
    await client.end()
  }
}
