import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startApp, type App } from '../helpers/app'
import { openFront } from '../helpers/front'
import type { Matrix } from './ask'
import { makeMatrix } from './makeMatrix'
import type { Principal } from './people'
import { sweepGraphql, sweepOwn, sweepRoutes } from './sweep'

/** SEC-26 by all fourteen; the short form stands in `matrix.security.test.ts`. */
let app: App
let dataDir: string
let m: Matrix
let people: Principal[]

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'cpms-sweep-'))
  process.env.CPMS_DATA_DIR = dataDir
  app = await startApp()
  ;({ matrix: m, people } = await makeMatrix(app, openFront()))
}, 120_000)

afterAll(async () => {
  await app?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

test.each([
  ['route of Payload’s', sweepRoutes, 10_000],
  ['route of ours', sweepOwn, 1_000],
  ['query or mutation', sweepGraphql, 1_000],
] as const)(
  'no %s is open to those who have no business there',
  async (_what, sweep, atLeast) => {
    const { asked, open } = await sweep(m, people)
    expect(open).toEqual([])
    expect(asked).toBeGreaterThan(atLeast)
  },
  1_200_000,
)
