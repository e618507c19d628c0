/**
 * `npm start`: everything from a fresh clone to three roles that serve, and back to nothing in the reverse order.
 * Flags: `--build` builds and ends, `--migrate` brings the database forward and ends, `--demo` also runs the demo
 * network, `--dev` runs the roles from their sources.
 */
import { sleep } from '@/platform/clock'
import { env, EnvProblem, demandProduction, type Env } from '@/platform/env'
import { prepareDataDir } from './prepareDataDir'

import { buildWhatIsMissing, builtMigrations } from './build/build'
import { openDatabase, type Database } from './openDatabase'
import { demandFreePorts } from './doors'
import { needsMigrating } from './pending'
import { StartProblem } from './problem'
import { projectRoot } from './project'
import { runNode } from './runChild'
import { startDemo } from './roles/demo'
import { devRoleSpecs, roleEnv, roleSpecs } from './roles/specs'
import { startRole, type Role } from './roles/role'
import { say } from './say'

const drainMs = 10_000
const postgresGraceMs = 6_000
const longestStopMs = 19_500

const stopping = new AbortController()
const { signal } = stopping
/** What to undo, last first. */
const undo: (() => Promise<void>)[] = []

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop())

const has = (flag: string) => process.argv.includes(flag)
run().then(
  () => signal.addEventListener('abort', () => void end(0)),
  async (error: unknown) => {
    // A Ctrl-C also ends what we were waiting for (initdb, say); the signal itself is only heard a moment later.
    await sleep(50)
    if (!signal.aborted) explain(error)
    await end(signal.aborted ? 0 : 1)
  },
)

async function run(): Promise<void> {
  demandProduction()
  if (has('--build')) return finish('Everything is built.', buildWhatIsMissing(projectRoot, signal))
  const settings = env()
  prepareDataDir(settings.dataDir, process.env.PAYLOAD_SECRET ? [] : ['payload-secret'])
  const secret = settings.payloadSecret
  const database = await openDatabase(settings, fail)
  undo.push(() => database.close(postgresGraceMs))
  signal.throwIfAborted()

  const isMigrateOnly = has('--migrate')
  if (!isMigrateOnly)
    await demandFreePorts(settings, database.wasLeftRunning ? 20_000 : 1_000, signal)
  await buildWhatIsMissing(projectRoot, signal, { withPanel: !isMigrateOnly && !has('--dev') })
  signal.throwIfAborted()

  const childEnv = roleEnv(settings, database.url, secret)
  const migrated = migrate(database.url, childEnv)
  if (isMigrateOnly) return finish('The database is up to date.', migrated)
  await migrated
  signal.throwIfAborted()

  const specs = has('--dev')
    ? devRoleSpecs(projectRoot, childEnv, settings)
    : roleSpecs(projectRoot, childEnv)
  const roles = specs.map(startRole)
  undo.push(() => stopAll(roles))
  await Promise.race([Promise.all(roles.map((role) => role.ready)), aborted()])
  signal.throwIfAborted()
  tellAddresses(settings, database)
  if (has('--demo')) undo.push(startDemo(projectRoot, childEnv))
}

async function finish(sentence: string, work: Promise<void>): Promise<void> {
  await work
  signal.throwIfAborted()
  say(sentence)
  await end(0)
}

async function migrate(databaseUrl: string, childEnv: NodeJS.ProcessEnv): Promise<void> {
  if (!(await needsMigrating(databaseUrl, builtMigrations(projectRoot)))) return
  say('Bringing the database forward …')
  const { code, killedBy } = await runNode({
    args: ['dist/migrate.js'],
    cwd: projectRoot,
    env: childEnv,
    signal,
  })
  signal.throwIfAborted()
  if (code !== 0) {
    throw new StartProblem(
      `The database could not be brought forward (ended with ${code ?? killedBy}); what was wrong stands above. Nothing was started.`,
    )
  }
}

async function stopAll(roles: Role[]): Promise<void> {
  await Promise.all(roles.map((role) => role.stop(drainMs)))
}

function tellAddresses(settings: Env, database: Database): void {
  say(
    [
      '',
      'CITA EV CPMS is running.',
      `  Panel     ${settings.publicUrl}/admin`,
      `  Chargers  ${settings.ocppPublicUrl}/<identity>`,
      `  Live      ${settings.livePublicUrl}`,
      `  Data      ${database.description}`,
      '  Stop with Ctrl-C.',
      '',
    ].join('\n'),
  )
}

function aborted(): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

function stop(): void {
  if (signal.aborted) return
  say('Stopping …')
  setTimeout(() => {
    say('Not everything could be stopped in time; what is left is ended by the next start.')
    process.exit(1)
  }, longestStopMs).unref()
  stopping.abort()
}

/** Something that was running can run no longer. */
function fail(error: Error): void {
  explain(error)
  process.exitCode = 1
  stop()
}

let isEnding = false
async function end(code: number): Promise<void> {
  if (isEnding) return
  isEnding = true
  for (const step of undo.reverse()) {
    await step().catch((error: unknown) => explain(error))
  }
  if (signal.aborted) say('Stopped.')
  process.exit(process.exitCode ?? code)
}

function explain(error: unknown): void {
  const isForPeople = error instanceof StartProblem || error instanceof EnvProblem
  const text = isForPeople ? error.message : String((error as Error).stack ?? error)
  process.stderr.write(`${text}\n`)
}
