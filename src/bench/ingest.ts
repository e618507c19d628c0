/**
 * Durable messages per second: the real ocpp role on a real Postgres against a bare `ws` responder, driven by the same
 * generator in interleaved rounds, so that what the machine does besides hits both alike. Afterwards the ledger of the
 * load is compared with the tables.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  cpuSecondsOf,
  cpuSecondsOfFamily,
  startBareResponder,
  startGenerator,
  type Generator,
} from './children'
import type { Wording } from './frames'
import { median } from './histogram'
import type { BenchCharger, Mix, RunResult } from './protocol'
import { startOcppRole } from './role'
import type { Testbed } from './testbed'
import { verify } from './verify'

export type IngestPlan = {
  loads: readonly { mix: Mix; chargers: number }[]
  rounds: number
  warmUpMs: number
  measureMs: number
  client: Wording
}

export type IngestRow = {
  mix: Mix
  chargers: number
  perSecond: number
  p50Ms: number
  p99Ms: number
  errors: number
  samplesOfErrors: string[]
  barePerSecond: number
  bareP99Ms: number
  ratio: number
  /** CPU of the role in µs per message, in the median round. */
  roleCpuMicros: number
  /** The same of all processes of Postgres. */
  postgresCpuMicros: number
  generatorCpuMicros: number
}

export type IngestReport = {
  rows: IngestRow[]
  /** What does not agree between ledger and tables; empty is the proof. */
  wrong: string[]
  sessions: number
  framesAcked: number
  connectSeconds: number
  connectP99Ms: number
}

type Round = RunResult & { roleCpuSeconds: number; postgresCpuSeconds: number }

/** The chargers' clocks begin three days ago: they run a minute per reading and must not reach the future. */
const CLOCK_BACK_MS = 3 * 86_400_000

export async function measureIngest(
  bed: Testbed,
  prefix: string,
  plan: IngestPlan,
  env: Record<string, string>,
  say: (text: string) => void,
): Promise<IngestReport> {
  const size = Math.max(...plan.loads.map((load) => load.chargers))
  const chargers = bed.chargers.slice(0, size)
  const role = await startOcppRole(bed, { env, log: 'inherit' })
  const bare = await startBareResponder()
  const folder = mkdtempSync(join(tmpdir(), 'cpms-bench-'))
  const [ours, theirs] = await Promise.all([
    startGenerator(plan.client),
    startGenerator(plan.client),
  ])
  try {
    await role.untilReady()
    const connected = await connect(ours, role.url, chargers)
    await connect(theirs, bare.url, chargers)
    const rows: IngestRow[] = []
    for (const load of plan.loads) {
      const rounds: { ours: Round; bare: Round }[] = []
      for (let round = 0; round < plan.rounds; round++) {
        rounds.push({
          ours: await runOnce(ours, load, plan, role.pid, bed.postgresPid()),
          bare: await runOnce(theirs, load, plan, bare.pid, bed.postgresPid()),
        })
      }
      const row = summarise(load, rounds)
      say(
        `${row.mix} ${row.chargers}: ${Math.round(row.perSecond)} msg/s, p99 ${row.p99Ms} ms, ${row.errors} errors`,
      )
      rows.push(row)
    }
    const file = join(folder, 'ledger.jsonl')
    const ledger = await ours.ask({ order: 'ledger', file }, 'ledger')
    // The log rows of the last answers ride a flush of their own.
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    return {
      rows,
      wrong: await verify(bed.pool, file, prefix, ledger.frames),
      sessions: ledger.sessions,
      framesAcked: ledger.frames,
      connectSeconds: connected.seconds,
      connectP99Ms: connected.p99Ms,
    }
  } finally {
    ours.end()
    theirs.end()
    bare.end()
    await role.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

const connect = (generator: Generator, url: string, chargers: BenchCharger[]) =>
  generator.ask(
    { order: 'connect', url, chargers, clockStart: Date.now() - CLOCK_BACK_MS },
    'connected',
  )

async function runOnce(
  generator: Generator,
  load: IngestPlan['loads'][number],
  plan: IngestPlan,
  pid: number,
  postgresPid: number,
): Promise<Round> {
  const before = cpuSecondsOf(pid)
  const postgresBefore = cpuSecondsOfFamily(postgresPid)
  const started = performance.now()
  const { result } = await generator.ask(
    { order: 'run', ...load, warmUpMs: plan.warmUpMs, measureMs: plan.measureMs },
    'ran',
  )
  const share = plan.measureMs / (performance.now() - started)
  return {
    ...result,
    roleCpuSeconds: (cpuSecondsOf(pid) - before) * share,
    postgresCpuSeconds: (cpuSecondsOfFamily(postgresPid) - postgresBefore) * share,
  }
}

function summarise(
  load: IngestPlan['loads'][number],
  rounds: readonly { ours: Round; bare: Round }[],
): IngestRow {
  const of = (pick: (round: { ours: Round; bare: Round }) => number) => median(rounds.map(pick))
  const rate = (one: RunResult) => one.acked / one.seconds
  return {
    ...load,
    perSecond: of(({ ours }) => rate(ours)),
    p50Ms: of(({ ours }) => ours.p50Ms),
    p99Ms: of(({ ours }) => ours.p99Ms),
    errors: rounds.reduce((sum, { ours }) => sum + ours.errors, 0),
    samplesOfErrors: rounds.flatMap(({ ours }) => ours.samplesOfErrors).slice(0, 3),
    barePerSecond: of(({ bare }) => rate(bare)),
    bareP99Ms: of(({ bare }) => bare.p99Ms),
    ratio: of(({ ours, bare }) => rate(ours) / rate(bare)),
    roleCpuMicros: of(({ ours }) => (ours.roleCpuSeconds / ours.acked) * 1e6),
    postgresCpuMicros: of(({ ours }) => (ours.postgresCpuSeconds / ours.acked) * 1e6),
    generatorCpuMicros: of(({ ours }) => (ours.cpuSeconds / ours.acked) * 1e6),
  }
}
