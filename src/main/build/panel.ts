import { join } from 'node:path'

import { StartProblem } from '../problem'
import { runNode } from '../runChild'
import { say, sayWhile } from '../say'

const milestones =
  /^\s*(✓|▲|Creating an optimized|Collecting|Generating|Finalizing|Running TypeScript)/

/** `next build`, its steps as they come; everything it said when it fails. About 45 s and 1.6 GB on two cores. */
export async function buildPanel(root: string, signal: AbortSignal): Promise<void> {
  const output: string[] = []
  const { code, killedBy } = await sayWhile('Building the panel (once, about a minute)', () =>
    runNode({
      args: [join(root, 'node_modules/next/dist/bin/next'), 'build'],
      cwd: root,
      signal,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        // The build evaluates the configuration, reaches no database and keeps neither of these.
        PAYLOAD_SECRET: 'only-while-building-and-kept-nowhere-0123456789',
        DATABASE_URL: 'postgres://build@127.0.0.1:9/build',
      },
      onLine: (line) => {
        output.push(line)
        if (milestones.test(line)) say(`  ${line.trim()}`)
      },
    }),
  )
  signal.throwIfAborted()
  if (code === 0) return
  const reason =
    killedBy === 'SIGKILL'
      ? 'it was killed, most likely for want of memory: the build needs about 1.6 GB'
      : `it ended with ${code ?? killedBy}`
  throw new StartProblem(
    `${output.slice(-60).join('\n')}\n\nThe panel could not be built: ${reason}.`,
  )
}
