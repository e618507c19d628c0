import { fuzz } from './fuzzRun'

const GROWTH_BYTES = 100 * 2 ** 20

/** SEC-08 for so many frames; prints what was met, so that a run that fired at a closed door shows. */
export async function survives(frames: number, seed: number): Promise<void> {
  const report = await fuzz(frames, seed)
  const list = (counts: Map<string | number, number>) =>
    [...counts].map(([what, count]) => `${what} ${count}`).join(', ')
  process.stderr.write(
    `fuzz: ${report.shots} frames, seed ${seed}: ${report.results} results; errors: ${list(report.errors)}; ` +
      `closes: ${list(report.closes)}; grown by ${(report.grownBytes / 2 ** 20).toFixed(1)} MB\n`,
  )
  expect(report.leaks).toEqual([])
  // A row that no table takes would stop the sharing of commits for everybody.
  expect(report.errors.get('InternalError') ?? 0).toBe(0)
  expect(report.isAlive).toBe(true)
  expect(report.isServing).toBe(true)
  expect(report.grownBytes).toBeLessThan(GROWTH_BYTES)
  // Most shots were dealt with, not lost behind one that ended the connection.
  expect(report.results).toBeGreaterThan(frames / 8)
  expect(report.errors.size).toBeGreaterThan(3)
}
