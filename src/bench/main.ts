/**
 * `npm run bench [-- --quick] [--only ingest|idle|boot|live|reports|statement|fuzz] [--mix session|meter|heartbeat] [--chargers 1000] [--rounds 3] [--seconds 6] [--client lean|plain]`
 * Starts a Postgres of its own and the real ocpp role, measures, proves that what was acknowledged is stored, and
 * prints one table with the machine and the commit. Nothing of it touches the data directory of the product.
 * `--only reports --hold file.json` leaves the seeded year running until SIGTERM; `--on file.json` measures on one that is held.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { measureFirstBoot } from './firstBoot'
import { median } from './histogram'
import { fuzzChargers, measureFuzz } from './fuzz'
import { measureIdle, type IdleStep } from './idle'
import { measureLive, type LiveReport } from './liveDelay'
import { measureIngest, type IngestPlan, type IngestReport } from './ingest'
import { measureReports, sayReports } from './reports'
import { buildOcppRole, benchEnv } from './role'
import { seedYear, type SeededYear } from './seedYear'
import { measureStatements, sayStatements } from './statements'
import { createTestbed } from './testbed'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    chargers: { type: 'string' },
    mix: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    client: { type: 'string', default: 'lean' },
    sessions: { type: 'string', default: '1000000' },
    readings: { type: 'string', default: '40' },
    frames: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    hold: { type: 'string' },
    on: { type: 'string' },
  },
})

const PREFIX = 'BENCH'
const FIRST_BOOTS = 5
const parts = ['ingest', 'idle', 'boot', 'live', 'reports', 'statement', 'fuzz'] as const
/** A seeded year takes minutes and gigabytes, a million frames minutes: these only where they are named. */
const doing = (part: (typeof parts)[number]) =>
  values.only ? values.only === part : !['reports', 'statement', 'fuzz'].includes(part)
const say = (text: string) => process.stderr.write(`${text}\n`)
const print = (text: string) => process.stdout.write(`${text}\n`)

if (values.only && !(parts as readonly string[]).includes(values.only)) {
  say(`--only is one of ${parts.join(', ')}.`)
  process.exit(2)
}

const livePlan = { listeners: 200, chargers: 100, seconds: values.quick ? 4 : 20 }
const idleSteps = values.quick ? [1_000, 2_000] : [5_000, 10_000]

function planOf(): IngestPlan {
  const asked = values.chargers ? [Number(values.chargers)] : null
  const sizes = asked ?? (values.quick ? [200, 1_000] : [50, 200, 1_000])
  const largest = Math.max(...sizes)
  const loads: IngestPlan['loads'] = [
    ...sizes.map((chargers) => ({ mix: 'session' as const, chargers })),
    { mix: 'meter', chargers: largest },
    { mix: 'heartbeat', chargers: largest },
  ]
  return {
    loads: values.mix ? loads.filter((load) => load.mix === values.mix) : loads,
    client: values.client === 'plain' ? 'plain' : 'lean',
    rounds: Number(values.rounds ?? (values.quick ? 1 : 3)),
    warmUpMs: values.quick ? 1_000 : 2_000,
    measureMs: Number(values.seconds ?? (values.quick ? 3 : 6)) * 1_000,
  }
}

const machine = () => {
  const [first] = cpus()
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' })
  return (
    `${cpus().length} cores (${first?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, ` +
    `Node ${process.version}, commit ${commit.trim()}, ${new Date().toISOString()}`
  )
}

const cell = (text: string | number, width: number) => String(text).padStart(width)

function printIngest(report: IngestReport): void {
  print(
    'mix         chargers   msg/s acked    p50 ms   p99 ms   errors   bare ws msg/s   ratio   role µs/msg   Postgres   load',
  )
  for (const row of report.rows) {
    print(
      row.mix.padEnd(10) +
        cell(row.chargers, 10) +
        cell(Math.round(row.perSecond), 14) +
        cell(row.p50Ms.toFixed(1), 10) +
        cell(row.p99Ms.toFixed(1), 9) +
        cell(row.errors, 9) +
        cell(Math.round(row.barePerSecond), 16) +
        cell(row.ratio.toFixed(2), 8) +
        cell(row.roleCpuMicros.toFixed(1), 14) +
        cell(row.postgresCpuMicros.toFixed(1), 11) +
        cell(row.generatorCpuMicros.toFixed(1), 7),
    )
    for (const sample of row.samplesOfErrors) print(`            error: ${sample}`)
  }
  print(
    `connect and boot of all chargers: ${report.connectSeconds.toFixed(2)} s, p99 ${report.connectP99Ms.toFixed(0)} ms each`,
  )
  print(
    report.wrong.length === 0
      ? `stored as acknowledged: ${report.sessions} sessions to the Wh, ${report.framesAcked} calls and their answers in the log`
      : `NOT stored as acknowledged:\n  ${report.wrong.join('\n  ')}`,
  )
}

function printIdle(steps: readonly IdleStep[]): void {
  const zero = steps[0]!
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`
  print(`idle ocpp role: ${megabytes(zero.rss)} resident, ${megabytes(zero.heapUsed)} heap`)
  for (const [before, step] of pairs(steps)) {
    const each = (of: (one: IdleStep) => number, from: IdleStep) =>
      ((of(step) - of(from)) / (step.connections - from.connections) / 1024).toFixed(1)
    print(
      `${step.connections} idle connections: ${megabytes(step.rss)} resident; each costs ` +
        `${each((one) => one.rss, zero)} kB resident (the last ${step.connections - before.connections}: ` +
        `${each((one) => one.rss, before)} kB), of it ${each((one) => one.heapUsed, zero)} kB heap, ` +
        `${each((one) => one.external, zero)} kB buffers`,
    )
  }
}

function printLive(report: LiveReport): void {
  const { listeners, chargers, sent, heard, p50Ms, p99Ms, maxMs } = report
  print(
    `live: ${listeners} browsers hear of ${chargers} chargers after ${p50Ms.toFixed(0)} ms (p50), ${p99Ms.toFixed(0)} ms (p99), ` +
      `${maxMs.toFixed(0)} ms at most; ${heard} of ${sent * listeners} tellings arrived`,
  )
}

const pairs = <T>(list: readonly T[]): [T, T][] =>
  list.slice(1).map((one, i): [T, T] => [list[i]!, one])

type HeldYear = { databaseUrl: string; size: SeededYear }

async function reports(): Promise<number> {
  if (values.on) return reportsOn(JSON.parse(readFileSync(values.on, 'utf8')) as HeldYear)
  const bed = await createTestbed({ chargers: 1, prefix: PREFIX, say })
  try {
    const sessions = Number(values.sessions)
    const size = { sites: 50, chargers: 500, sessions, readingsPerSession: Number(values.readings) }
    await seedYear(bed.pool, size, say)
    const held: HeldYear = { databaseUrl: bed.databaseUrl, size }
    if (!values.hold) return await reportsOn(held)
    writeFileSync(values.hold, JSON.stringify(held))
    await untilTold(`It runs: ${held.databaseUrl}`)
    return 0
  } finally {
    await bed.close()
  }
}

async function reportsOn({ databaseUrl, size }: HeldYear): Promise<number> {
  if (doing('statement')) {
    const found = await measureStatements(databaseUrl, say)
    print(`\n${machine()}\n${sayStatements(found)}`)
    return found.wrong.length > 0 ? 1 : 0
  }
  const found = await measureReports(databaseUrl, say)
  print(`\n${machine()}\n${sayReports(size, found)}`)
  return found.wrong.length > 0 ? 1 : 0
}

async function untilTold(words: string): Promise<void> {
  say(words)
  const hold = setInterval(() => {}, 60_000)
  await new Promise<void>((done) => process.once('SIGTERM', () => done()))
  clearInterval(hold)
}

/** 0 where nobody was harmed and nothing was told. */
async function fuzz(): Promise<number> {
  await buildOcppRole()
  const bed = await createTestbed({ chargers: fuzzChargers, prefix: PREFIX, say })
  try {
    const report = await measureFuzz(bed, Number(values.frames), Number(values.seed))
    const counts = (of: Map<string | number, number>) =>
      [...of].map(([name, count]) => `${name} ${count}`).join(', ') || 'none'
    print(`\n${machine()}`)
    print(
      `${report.shots} mutated frames in ${report.seconds.toFixed(0)} s (seed ${values.seed}): ` +
        `${report.isAlive ? 'the role lives' : 'THE ROLE DIED'}, a decent charger ${report.isServing ? 'charges' : 'IS NOT SERVED'}, ` +
        `${(report.grownBytes / 2 ** 20).toFixed(1)} MB grown, ${report.leaks.length} answers that tell too much`,
    )
    print(
      `results: ${report.results}; errors: ${counts(report.errors)}; closes: ${counts(report.closes)}`,
    )
    for (const leak of report.leaks.slice(0, 5)) print(`  ${leak}`)
    return report.isAlive && report.isServing && report.leaks.length === 0 ? 0 : 1
  } finally {
    await bed.close()
  }
}

async function main(): Promise<number> {
  if (doing('reports') || doing('statement')) return reports()
  if (doing('fuzz')) return fuzz()
  await buildOcppRole()
  const plan = planOf()
  const needed = Math.max(
    doing('idle') ? Math.max(...idleSteps) : 1,
    ...plan.loads.map((load) => load.chargers),
    livePlan.chargers,
  )
  const bed = await createTestbed({ chargers: needed, prefix: PREFIX, say })
  try {
    const boots: number[] = []
    for (let time = 0; doing('boot') && time < FIRST_BOOTS; time++) {
      boots.push(await measureFirstBoot(bed, benchEnv))
    }
    const ingest = doing('ingest') ? await measureIngest(bed, PREFIX, plan, benchEnv, say) : null
    const idle = doing('idle') ? await measureIdle(bed, idleSteps, benchEnv) : null
    const live = doing('live') ? await measureLive(bed, benchEnv, livePlan) : null
    print(`\n${machine()}`)
    if (ingest) printIngest(ingest)
    if (boots.length > 0) {
      print(
        `first Boot accepted after start of the role: ${median(boots).toFixed(0)} ms (worst ${Math.max(...boots).toFixed(0)})`,
      )
    }
    if (idle) printIdle(idle)
    if (live) printLive(live)
    return ingest && ingest.wrong.length > 0 ? 1 : 0
  } finally {
    await bed.close()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exit(1)
  },
)
