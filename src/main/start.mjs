/** `npm start`. Plain JavaScript, so that an old Node or a clone without its packages gets a sentence, not a stack. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const root = fileURLToPath(new URL('../..', import.meta.url))

if (major < 20 || (major === 20 && minor < 20)) {
  stop(`Node 20.20 or newer is needed; this is ${process.version}. See https://nodejs.org`)
}
const missing = packagesThatDiffer()
if (missing.length > 0) {
  stop(
    missing.includes('tsx')
      ? 'The packages are not installed yet. Run: npm ci'
      : `The packages are not those of this version (${missing.slice(0, 3).join(', ')}). Run: npm ci`,
  )
}
process.chdir(root)
await import('tsx')
await import('./supervisor.ts')

/** After a pull the folder may hold yesterday's packages: a build would end in a page of errors that name none of this. */
function packagesThatDiffer() {
  const { dependencies } = readJson(`${root}/package.json`)
  return Object.entries(dependencies)
    .filter(
      ([name, version]) =>
        readJson(`${root}/node_modules/${name}/package.json`)?.version !== version,
    )
    .map(([name]) => name)
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
