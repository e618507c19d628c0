import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { panelDigest, rolesDigest } from './sources'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cpms-sources-'))
  for (const file of ['package.json', 'ocpp/main.ts', 'src/domain/money.ts', 'src/panel/board.ts'])
    put(file, '1')
})
afterEach(() => rmSync(root, { recursive: true }))

function put(file: string, text: string) {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

/** What has to be built again after the change. */
function built(change: () => void): string[] {
  const before = [rolesDigest(root), panelDigest(root)]
  change()
  const after = [rolesDigest(root), panelDigest(root)]
  return ['roles', 'panel'].filter((_, index) => before[index] !== after[index])
}

test.each([
  ['ocpp/main.ts', ['roles']],
  ['src/main/supervisor.ts', ['roles']],
  ['src/domain/money.ts', ['roles', 'panel']],
  ['src/panel/board.ts', ['roles', 'panel']],
  ['next.config.mjs', ['panel']],
  ['package-lock.json', ['roles', 'panel']],
  ['src/domain/money.test.ts', []],
  ['src/tests/helpers/db.ts', []],
  ['src/bench/main.ts', []],
  ['README.md', []],
])('a change of %s builds %j', (file, expected) => {
  expect(built(() => put(file, '2'))).toEqual(expected)
})

test('a file that moves is a change, one that is only touched is none', () => {
  expect(built(() => put('ocpp/main.ts', '1'))).toEqual([])
  expect(
    built(() => {
      rmSync(join(root, 'ocpp/main.ts'))
      put('ocpp/other.ts', '1')
    }),
  ).toEqual(['roles'])
})
