import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { controlTable, guards, sourceOf, withoutGuard } from './guards.mjs'

const root = resolve(import.meta.dirname, '../../..')
const page = readFileSync(resolve(root, 'docs/security.md'), 'utf8')
const asked = [...range(14, 34), ...range(43, 49)].map((n) => `SEC-${n}`)

test.each(guards)('$id: $what stands in $file, once, and its test is there', (guard) => {
  const source = sourceOf(guard)
  expect(withoutGuard(source, guard)).not.toBe(source)
  expect(existsSync(resolve(root, guard.suite))).toBe(true)
})

test('every requirement of sign-in, authorisation and platform has a control', () => {
  // headers and packages are judged by a function of the test, which is shown bad ones beside the good ones
  const known = new Set([...guards.map(({ id }) => id), 'SEC-43', 'SEC-49'])
  expect(asked.filter((id) => !known.has(id))).toEqual([])
})

test('docs/security.md names them all', () => {
  const [, shown] = /<!-- controls -->\n\n([^]*?)\n\n<!-- \/controls -->/.exec(page) ?? []
  // when the list changed: paste what is expected here into docs/security.md
  expect(words(shown)).toEqual(words(controlTable()))
})

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}

/** Without the blanks by which a table is made even. */
function words(table = ''): string[] {
  return table.split('\n').map((line) => line.replace(/ +/g, ' ').replace(/-+/g, '-'))
}
