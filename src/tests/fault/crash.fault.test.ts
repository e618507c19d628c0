/**
 * FT-01 and FT-03 in full: `npm run test:fault`. The seed is printed; CPMS_FAULT_SEED repeats a run. That the oracle
 * sees a loss was tried: with `synchronous_commit = off` and three crashes it named 548 readings that were gone.
 */
import { crashUnderLoad, type CrashReport } from './crashUnderLoad'

const seed = Number(process.env.CPMS_FAULT_SEED ?? Date.now() % 1_000_000)
const chargers = Number(process.env.CPMS_FAULT_CHARGERS ?? 200)
const crashes = Number(process.env.CPMS_FAULT_CRASHES ?? 10)

function tell(what: string, report: CrashReport) {
  process.stderr.write(
    `${what}: ${crashes} times under ${chargers} chargers, seed ${seed}: ${report.messages} messages, ` +
      `${report.sessions} sessions, ${report.energyWh} Wh; back after ${Math.round(report.worstFirstBackMs)} ms ` +
      `(first) and ${Math.round(report.worstAllBackMs)} ms (all) at worst\n`,
  )
}

test('kill -9 of the ocpp role under charging chargers loses nothing that was acknowledged', async () => {
  const report = await crashUnderLoad({ target: 'ocpp', chargers, crashes, seed })
  tell('kill -9 of the ocpp role', report)
  expect(report.broken).toEqual([])
  expect(report.worstFirstBackMs).toBeLessThan(5_000)
  expect(report.worstAllBackMs).toBeLessThan(30_000)
}, 600_000)

test('an immediate stop of Postgres under charging chargers loses nothing that was acknowledged', async () => {
  const report = await crashUnderLoad({ target: 'postgres', chargers, crashes, seed })
  tell('immediate stop of Postgres', report)
  expect(report.broken).toEqual([])
  expect(report.worstAllBackMs).toBeLessThan(30_000)
}, 600_000)
