/** What an idle connection costs the ocpp role: memory after a garbage collection, at so many connections. */
import { startGenerator } from './children'
import { startOcppRole } from './role'
import type { Testbed } from './testbed'

export type IdleStep = { connections: number; rss: number; heapUsed: number; external: number }

/** Connects up to `steps` chargers in turn to a fresh role and weighs it at each; the first step is 0. */
export async function measureIdle(
  bed: Testbed,
  steps: readonly number[],
  env: Record<string, string>,
): Promise<IdleStep[]> {
  const role = await startOcppRole(bed, { hasProbe: true, env })
  const generator = await startGenerator()
  try {
    await role.untilReady()
    const measured: IdleStep[] = []
    let connected = 0
    for (const connections of [0, ...steps]) {
      if (connections > connected) {
        const chargers = bed.chargers.slice(connected, connections)
        await generator.ask({ order: 'idle', url: role.url, chargers }, 'connected')
        connected = connections
        await new Promise((resolve) => setTimeout(resolve, 2_000))
      }
      measured.push({ connections, ...(await role.weigh()) })
    }
    return measured
  } finally {
    generator.end()
    await role.kill()
  }
}
