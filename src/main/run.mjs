/**
 * Runs a TypeScript file of the project, or Payload's command line, in plain Node:
 *   node src/main/run.mjs src/bench/main.ts --quick
 *   node src/main/run.mjs payload generate:types
 * tsx loads in a thread of its own, which does not keep a process alive: without the timer about one run in eight ended
 * silently, with exit code 0, while it was still loading.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [node, , what = '', ...rest] = process.argv
const hold = setInterval(() => {}, 60_000)
await import('tsx')
if (what === 'payload') {
  // Its generators read the configuration, no database and no secret.
  process.env.PAYLOAD_SECRET ??= 'only-while-generating-and-kept-nowhere-0123456789'
  process.argv = [node, what, ...rest]
  const { bin } = await import(
    new URL('../../node_modules/payload/dist/bin/index.js', import.meta.url).href
  )
  await bin()
  process.exit()
} else {
  process.argv = [node, resolve(what), ...rest]
  await import(pathToFileURL(resolve(what)).href)
  clearInterval(hold)
}
