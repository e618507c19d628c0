/**
 * The steps of `npm test` and `npm run check`, one after the other and all of them, whatever fails:
 *   node src/tests/steps.mjs types lint unit -- --testPathPatterns money
 * What follows `--` goes to jest. Ends with a line `N passed, N failed` and, when anything failed, with exit code 1.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const modules = join(root, 'node_modules')
const results = mkdtempSync(join(tmpdir(), 'cpms-results-'))
const [names, jestArgs] = split(process.argv.slice(2))
const reports = []

const steps = {
  format: () =>
    ended(join(modules, 'prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'),
  lint: () =>
    ended(
      join(modules, 'eslint/bin/eslint.js'),
      '--cache',
      '--cache-location',
      join(modules, '.cache/eslint/'),
      '.',
    ),
  types: () => ended(join(modules, 'typescript/bin/tsc'), '--noEmit'),
  unit: () => jest('unit'),
  integration: () => jest('integration'),
  browser: () => jest('browser'),
  screens: () => jest('screens'),
  security: () => jest('security'),
  fault: () => jest('fault'),
}

for (const name of names) {
  if (!steps[name])
    throw new Error(`There is no step ${name}; there are ${Object.keys(steps).join(', ')}`)
  const startedAt = performance.now()
  process.stdout.write(`\n— ${name}\n`)
  const report = { name, ...steps[name]() }
  reports.push(report)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`— ${name}: ${report.failed ? 'failed' : 'passed'} after ${seconds} s\n`)
}
rmSync(results, { recursive: true, force: true })

const passed = reports.reduce((sum, report) => sum + report.passed, 0)
const failed = reports.reduce((sum, report) => sum + report.failed, 0)
const fallen = reports.filter((report) => report.failed).map((report) => report.name)
process.stdout.write(
  `\n${fallen.length ? `Failed: ${fallen.join(', ')}\n` : ''}${passed} passed, ${failed} failed\n`,
)
process.exit(failed ? 1 : 0)

/** A tool counts as one. */
function ended(script, ...args) {
  const isGood = node([script, ...args]) === 0
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 }
}

function jest(project) {
  const file = join(results, `${project}.json`)
  const code = node([
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(modules, 'jest/bin/jest.js'),
    `--selectProjects=${project}`,
    '--json',
    `--outputFile=${file}`,
    ...jestArgs,
  ])
  const { numPassedTests: passed = 0, numFailedTests = 0, numFailedTestSuites = 0 } = read(file)
  // A file that could not even be loaded has no failed test; neither has a run that never came so far.
  const failed = Math.max(numFailedTests, numFailedTestSuites, code === 0 ? 0 : 1)
  return { passed, failed }
}

function node(args) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
  // jest prints its JSON to standard output too unless it has a file; its report for people goes to standard error.
  return spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

function split(args) {
  const at = args.indexOf('--')
  return at < 0
    ? [args.filter((arg) => !arg.startsWith('-')), args.filter((arg) => arg.startsWith('-'))]
    : [args.slice(0, at), args.slice(at + 1)]
}
