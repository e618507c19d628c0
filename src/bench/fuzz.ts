/** A million frames, bent in every way we know, at the real role: what came of it (SEC-08). */
import { fuzzAt, gunners, type FuzzReport } from '@/tests/fuzz/fuzzRun'
import { benchEnv, startOcppRole } from './role'
import type { Testbed } from './testbed'

export const fuzzChargers = gunners + 1

export async function measureFuzz(
  bed: Testbed,
  frames: number,
  seed: number,
): Promise<FuzzReport & { seconds: number }> {
  const role = await startOcppRole(bed, { hasProbe: true, env: benchEnv })
  try {
    await role.untilReady()
    const from = performance.now()
    const report = await fuzzAt({ role, chargers: bed.chargers }, frames, seed)
    return { ...report, seconds: (performance.now() - from) / 1000 }
  } finally {
    await role.kill()
  }
}
