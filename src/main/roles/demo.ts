import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { say } from '../say'

/** Runs the demo network beside the roles; answers with what ends it. It is not started again: it is not the product. */
export function startDemo(root: string, env: NodeJS.ProcessEnv): () => Promise<void> {
  const file = join(root, 'dist/demo.js')
  if (!existsSync(file)) {
    say('There is no demo network in this version.')
    return async () => {}
  }
  const child = spawn(process.execPath, [file], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let isStopping = false
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      if (code !== 0 && !isStopping)
        say(`The demo network ended with ${code}; the product goes on without it.`)
      resolve()
    })
    child.once('error', () => resolve())
  })
  return async () => {
    isStopping = true
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await ended
    clearTimeout(timer)
  }
}
