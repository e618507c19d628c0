import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { roleTable } from './roleTable'

const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8')

test('README says of every role what the policy table says', () => {
  const [, shown] = /<!-- roles -->\n\n([^]*?)\n\n<!-- \/roles -->/.exec(readme) ?? []
  // when the table changed: paste what is expected here into README
  expect(shown?.split('\n')).toEqual(roleTable().split('\n'))
})
