/** The table "Who may import whom" holds for every file. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { wallsCrossed } from './rooms/walls'

const root = join(import.meta.dirname, '../..')
const places = ['src', 'ocpp', 'collections', 'hooks', 'reports', 'payload.config.ts']

test('no import crosses a wall', () => {
  const files = places.flatMap(sourcesBelow)
  expect(files.length).toBeGreaterThan(100)
  expect(
    files.flatMap((file) => wallsCrossed(file, readFileSync(join(root, file), 'utf8'))),
  ).toEqual([])
})

describe('an import that crosses a wall is seen', () => {
  test.each([
    ['src/domain/price.ts', `import { pool } from '../db/pool'`],
    ['src/domain/price.ts', `import { readFileSync } from 'node:fs'`],
    ['src/domain/price.ts', `import type { Pool } from '@/db/pool'`],
    ['src/platform/log.ts', `import { env } from '../main/problem'`],
    ['src/db/pool.ts', `import { getPayload } from 'payload'`],
    ['src/db/pool.ts', `import { recordBoot } from '../facts/recordBoot'`],
    ['src/facts/recordBoot.ts', `import { request } from '@/commands/request'`],
    ['ocpp/inbound.ts', `import { Chargers } from '#collections/Chargers'`],
    ['ocpp/inbound.ts', `const load = () => import('payload')`],
    ['ocpp/inbound.ts', `let row: import('../hooks/audit').Audit`],
    ['ocpp/inbound.ts', `export * from '../reports/run'`],
    ['ocpp/inbound.ts', `const next = require('next')`],
    ['collections/Users.ts', `import { pool } from '../src/db/pool'`],
    ['collections/Users.ts', `import { APIError } from 'payload'`],
    ['src/components/admin/Map.tsx', `import { pool } from '@/db/pool'`],
    ['src/live/main.ts', `import config from '@payload-config'`],
    ['src/jobs/cron.ts', `import { peer } from '#ocpp/rpc/peer'`],
    ['src/panel/board.ts', `import { Board } from '@/components/admin/Board'`],
    ['src/app/page.tsx', `import { pool } from '@/db/pool'`],
    ['src/live/main.ts', `import { start } from '../main/worker'`],
    ['src/utils/strings.ts', ''],
  ])('%s: %s', (file, source) => {
    expect(wallsCrossed(file, source)).toHaveLength(1)
  })
})

test('what the table allows is let through', () => {
  const allowed: [string, string][] = [
    [
      'ocpp/inbound.ts',
      `import { recordBoot } from '@/facts/recordBoot'\nimport { peer } from './rpc/peer'`,
    ],
    ['collections/Users.ts', `import type { CollectionConfig } from 'payload'`],
    ['collections/Users.ts', `import { type Field } from 'payload'`],
    ['src/main/worker.ts', `import { startLive } from '@/live/main'`],
    ['src/domain/price.test.ts', `import { readFileSync } from 'node:fs'`],
  ]
  expect(allowed.flatMap(([file, source]) => wallsCrossed(file, source))).toEqual([])
})

function sourcesBelow(path: string): string[] {
  if (!statSync(join(root, path), { throwIfNoEntry: false })) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  const names = readdirSync(join(root, path))
  return names
    .map((name) => `${path}/${name}`)
    .flatMap(sourcesBelow)
    .filter((file) => /\.tsx?$/.test(file))
}
