/**
 * Runs a TypeScript file of the project, or Payload's command line, in plain Node:
 *   node src/main/run.mjs src/bench/main.ts --quick
 *   node --conditions=production src/main/run.mjs payload generate:types
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [node, , what = '', ...rest] = process.argv
// Without it Lexical may wait for itself for ever, and the process ends having done nothing (src/main/roles/specs.ts).
if (what === 'payload' && !process.execArgv.includes('--conditions=production')) {
  process.stderr.write('Run it with: node --conditions=production src/main/run.mjs payload …\n')
  process.exit(1)
}
await import('tsx')
if (what === 'payload') {
  // Its generators read the configuration, no database and no secret.
  process.env.PAYLOAD_SECRET ??= 'only-while-generating-and-kept-nowhere-0123456789'
  process.argv = [node, what, ...rest]
  const cli = new URL('../../node_modules/payload/dist/bin/index.js', import.meta.url)
  const { bin } = await import(cli.href)
  await bin()
  process.exit()
} else {
  process.argv = [node, resolve(what), ...rest]
  await import(pathToFileURL(resolve(what)).href)
}
