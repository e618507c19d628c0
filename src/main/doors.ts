import { createServer } from 'node:net'

import { sleep } from '@/platform/clock'
import type { Env } from '@/platform/env'

import { StartProblem, systemCode } from './problem'
import { say } from './say'

type Doors = Pick<Env, 'host' | 'port' | 'ocppPort' | 'livePort'>

/**
 * The three ports are free. After a crash the roles of the last run may still be draining: then they are waited for,
 * `patienceMs` at most.
 */
export async function demandFreePorts(
  settings: Doors,
  patienceMs: number,
  signal: AbortSignal,
): Promise<void> {
  const doors: [string, number][] = [
    ['PORT', settings.port],
    ['OCPP_PORT', settings.ocppPort],
    ['LIVE_PORT', settings.livePort],
  ]
  if (new Set(doors.map(([, port]) => port)).size < doors.length) {
    throw new StartProblem('PORT, OCPP_PORT and LIVE_PORT must be three different ports.')
  }
  const until = Date.now() + patienceMs
  for (const [name, port] of doors) {
    for (let isTold = false; ; isTold = true) {
      const code = await whyNotFree(port, settings.host)
      if (code === null) break
      if (code !== 'EADDRINUSE') {
        throw new StartProblem(
          `${name} ${port} on ${settings.host} cannot be opened (${code}). Set ${name} or HOST.`,
        )
      }
      if (Date.now() > until) {
        throw new StartProblem(
          `Port ${port} is in use by another program. Stop that one, or choose another port: ${name}=${port + 1} npm start`,
        )
      }
      if (!isTold) say(`Port ${port} is still in use; waiting for the last run to let go of it …`)
      await sleep(250, signal)
      signal.throwIfAborted()
    }
  }
}

function whyNotFree(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(systemCode(error)))
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
}
