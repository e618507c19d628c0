import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * SEC-49: no package is older than a version with a known hole closed (`floors.json`; CI reaches no audit service), none
 * comes under terms that nobody agreed to, and none runs a script of its own on our machines that is not on the list.
 */
type Package = { version?: string; license?: string; hasInstallScript?: boolean; dev?: boolean }
type Packages = Record<string, Package>

const root = resolve(import.meta.dirname, '../../..')
const read = (path: string): unknown => JSON.parse(readFileSync(resolve(root, path), 'utf8'))
const packages = (read('package-lock.json') as { packages: Packages }).packages
const floors = read('src/tests/security/floors.json') as Record<string, string>
const allowScripts = (read('package.json') as { allowScripts: Record<string, boolean> })
  .allowScripts

const permissive =
  /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|Apache 2\.0|BlueOak-1\.0\.0|Python-2\.0|WTFPL|Zlib|CC0-1\.0)$/
/** Others, each for a reason: libraries that are linked and not changed, data, and what names its licence in a file only. */
const agreed: Readonly<Record<string, RegExp>> = {
  '@img/sharp-': /LGPL-3\.0-or-later/, // libvips beside sharp, as a shared library
  'rpc-websockets': /^LGPL-3\.0-only$/, // as it is, its client only
  'caniuse-lite': /^CC-BY-4\.0$/, // data
  dompurify: /Apache-2\.0/, // either of two
  'axe-core': /^MPL-2\.0$/, // in tests only
  '@mapbox/jsonlint-lines-primitives': /^\?$/, // MIT in its readme
  busboy: /^\?$/, // MIT in LICENSE
  streamsearch: /^\?$/, // MIT in LICENSE
  'png-js': /^\?$/, // MIT in LICENSE
  precond: /^\?$/, // MIT in its readme; in tests only
}

function problemsOf(lock: Packages): string[] {
  const problems: string[] = []
  for (const [path, { version = '', license = '?', hasInstallScript }] of Object.entries(lock)) {
    if (path === '') continue
    const name = path.split('node_modules/').at(-1)!
    const floor = floors[name]
    if (floor && isOlder(version, floor)) problems.push(`${name} ${version} is below ${floor}`)
    const isKnown = Object.entries(agreed).some(
      ([prefix, terms]) => name.startsWith(prefix) && terms.test(license),
    )
    if (!isKnown && !licencesIn(license).some((some) => some.every((one) => permissive.test(one))))
      problems.push(`${name} comes under ${license}`)
    if (hasInstallScript && !(name in allowScripts))
      problems.push(`${name} wants to run a script when it is installed`)
  }
  for (const name of Object.keys(floors))
    if (!Object.keys(lock).some((path) => path.endsWith(`node_modules/${name}`)))
      problems.push(`${name} has a floor and is not installed`)
  return problems
}

/** `(A AND B) OR C` as the ways to satisfy it; nothing in the lock file nests deeper. */
const licencesIn = (text: string): string[][] =>
  text
    .replace(/[()]/g, '')
    .split(' OR ')
    .map((way) => way.split(' AND '))

function isOlder(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => text.split('-')[0]!.split('.').map(Number))
  for (const at of [0, 1, 2]) if (a![at] !== b![at]) return (a![at] ?? 0) < (b![at] ?? 0)
  return false
}

test('SEC-49: what is installed is new enough, under terms we take, and runs no script unasked', () => {
  expect(problemsOf(packages)).toEqual([])
  // every script that is known was looked at and refused: what is needed comes built
  expect(Object.values(allowScripts)).not.toContain(true)
})

test.each<[string, Packages, RegExp]>([
  [
    'an old ws',
    { 'node_modules/ws': { version: '8.20.9', license: 'MIT' } },
    /ws 8\.20\.9 is below/,
  ],
  [
    'an old one deep inside',
    { 'node_modules/x/node_modules/ws': { version: '7.5.10', license: 'MIT' } },
    /ws 7\.5\.10 is below/,
  ],
  ['other terms', { 'node_modules/x': { license: 'AGPL-3.0-only' } }, /x comes under AGPL/],
  ['both terms', { 'node_modules/x': { license: 'MIT AND GPL-2.0' } }, /x comes under MIT AND/],
  ['a script', { 'node_modules/x': { license: 'MIT', hasInstallScript: true } }, /x wants to run/],
])('and %s would be seen', (_what, more, problem) => {
  expect(problemsOf({ ...packages, ...more }).join()).toMatch(problem)
})
