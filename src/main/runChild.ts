import { spawn } from 'node:child_process'

export type ChildRun = {
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  /** Ends the child. */
  signal: AbortSignal
  /** Each line it prints; without it the child prints to our terminal. */
  onLine?: (line: string) => void
}

/** Runs Node with `args` to its end. */
export function runNode(
  run: ChildRun,
): Promise<{ code: number | null; killedBy: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    const output = run.onLine ? 'pipe' : 'inherit'
    const child = spawn(process.execPath, run.args, {
      cwd: run.cwd,
      env: run.env,
      stdio: ['ignore', output, output],
    })
    const stop = () => child.kill('SIGTERM')
    if (run.signal.aborted) stop()
    run.signal.addEventListener('abort', stop)
    let rest = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        const lines = (rest + chunk).split(/\r?\n/)
        rest = lines.pop() ?? ''
        lines.forEach((line) => run.onLine?.(line))
      })
    }
    child.once('error', reject)
    child.once('close', (code, killedBy) => {
      run.signal.removeEventListener('abort', stop)
      if (rest) run.onLine?.(rest)
      resolve({ code, killedBy })
    })
  })
}
