/** `npm start`. Plain JavaScript, so that an old Node or a clone without its packages gets a sentence, not a stack. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const root = fileURLToPath(new URL('../..', import.meta.url))

if (major < 20 || (major === 20 && minor < 20)) {
  stop(`Node 20.20 or newer is needed; this is ${process.version}. See https://nodejs.org`)
}
if (!existsSync(`${root}/node_modules/tsx/package.json`)) {
  stop('The packages are not installed yet. Run: npm ci')
}
process.chdir(root)
await import('tsx')
await import('./supervisor.ts')

function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
