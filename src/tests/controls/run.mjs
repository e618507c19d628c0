/**
 * The negative controls: `npm run test:controls [SEC-14 …]`. One guard after the other is taken out of what jest loads, and the
 * test that is there for it has to fail; a test that passes without its guard shows nothing.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import startPostgres from '../setup/startPostgres.mjs'
import stopPostgres from '../setup/stopPostgres.mjs'
import { guards, nameOf } from './guards.mjs'

const root = join(import.meta.dirname, '../../..')
const results = mkdtempSync(join(tmpdir(), 'cpms-controls-'))
const asked = process.argv.slice(2)
const chosen = guards.filter(({ id }) => asked.length === 0 || asked.includes(id))
const unseen = []

await startPostgres()
try {
  for (const guard of chosen) {
    const startedAt = performance.now()
    const problem = problemOf(guard)
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    if (problem) unseen.push(nameOf(guard))
    process.stdout.write(
      `${problem ? '✕' : '✓'} ${nameOf(guard)} without ${guard.what}: ${problem ?? 'its test fails'} (${seconds} s)\n`,
    )
  }
} finally {
  await stopPostgres()
  rmSync(results, { recursive: true, force: true })
}
process.stdout.write(
  `${chosen.length - unseen.length} of ${chosen.length} guards are missed when they are out\n`,
)
process.exit(unseen.length > 0 ? 1 : 0)

/** Null where exactly what should fail fails: the test, not the loading of its file. */
function problemOf(guard) {
  const file = join(results, `${guard.id}.json`)
  spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      join(root, 'node_modules/jest/bin/jest.js'),
      '--runInBand',
      `--selectProjects=${guard.project}`,
      `--testNamePattern=${guard.test}`,
      '--json',
      `--outputFile=${file}`,
      '--runTestsByPath',
      guard.suite,
    ],
    { cwd: root, env: { ...process.env, CPMS_WITHOUT_GUARD: nameOf(guard) }, stdio: 'ignore' },
  )
  const { testResults = [] } = read(file)
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const ran = tests.filter(({ status }) => status === 'passed' || status === 'failed')
  if (ran.length === 0) return 'no test ran'
  if (ran.every(({ status }) => status === 'passed')) return 'its test passes'
  return null
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}
