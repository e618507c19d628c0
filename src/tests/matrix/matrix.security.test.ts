import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { isObjectType } from 'graphql'

import { may, policyTable, type Action, type Resource } from '@/domain/policy'

import { startApp, type App } from '../helpers/app'
import { openFront } from '../helpers/front'
import {
  absentGraphql,
  absentRest,
  sendGraphql,
  type Ask,
  type Doors,
  type Matrix,
  type Outcome,
} from './ask'
import { doorsOfCommands } from './doorsOfCommands'
import { doorsOfMoney } from './doorsOfMoney'
import { doorsOfPeople } from './doorsOfPeople'
import { doorsOfPlaces } from './doorsOfPlaces'
import { askLive, liveRows } from './live'
import { makeMatrix } from './makeMatrix'
import type { Principal } from './people'
import { schemaOf, sweepGraphql, sweepOwn, sweepRoutes, unknownRoutes, type Found } from './sweep'

/**
 * SEC-25: every row of the policy table × fourteen principals × REST and GraphQL, and the live channel's twenty-two. What a cell expects is read from the
 * table and nowhere else; how it is asked for stands in the `doorsOf…` files.
 */
const doors: Record<string, Doors> = {
  ...doorsOfPeople,
  ...doorsOfPlaces,
  ...doorsOfCommands,
  ...doorsOfMoney,
}

let app: App
let dataDir: string
let m: Matrix
let people: Principal[]
const count = { cells: 0, requests: 0, allowed: 0 }

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'cpms-matrix-'))
  process.env.CPMS_DATA_DIR = dataDir
  app = await startApp()
  ;({ matrix: m, people } = await makeMatrix(app, openFront()))
}, 120_000)

afterAll(async () => {
  await app?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const numbers = [...new Set(policyTable.map(([number]) => number))].sort((x, y) => x - y)

test.each(numbers)(
  'row %i',
  async (number) => {
    const wrong: string[] = []
    for (const who of people)
      for (const door of ['rest', 'graphql'] as const) {
        count.cells++
        for (const [, resource, actions] of policyTable.filter(([row]) => row === number))
          for (const action of actions)
            for (const { ask, isExpected } of asksOf(
              who,
              door,
              resource as Resource,
              action as Action,
            )) {
              count.requests++
              if (isExpected) count.allowed++
              const outcome = await ask(m, who, isExpected).catch(thrown)
              if (outcome.is !== (isExpected ? 'done' : 'refused'))
                wrong.push(
                  `${resource}.${action} by ${who.name} over ${door} should be ${isExpected ? 'done' : 'refused'}, is ${outcome.is}: ${outcome.note}`,
                )
            }
      }
    expect(wrong).toEqual([])
    expect(m.leaks.splice(0)).toEqual([])
  },
  300_000,
)

test('the live channel: twenty-two rows for each of the fourteen', async () => {
  const { got, refused } = await askLive(m, people)
  const wrong: string[] = []
  for (const who of people)
    for (const [at, row] of liveRows.entries()) {
      count.cells++
      const isExpected =
        who.kind === 'driver'
          ? row.drivers !== undefined &&
            who.role !== null &&
            (row.drivers === 'each' ||
              (who.at === 'here' && may(who.role, 'live', 'subscribe-session') === 'own'))
          : row.by === null
            ? who.kind === 'staff' && who.role !== null
            : row.by !== 'nobody' && isForStaff(who, ...row.by)
      const isGot = got.get(who.name)![at]!
      if (isGot !== isExpected)
        wrong.push(`${row.name} by ${who.name} should ${isExpected ? '' : 'not '}come`)
    }
  expect(liveRows).toHaveLength(22)
  expect(wrong).toEqual([])
  const outside = people.filter(({ kind, role }) => kind === 'nobody' || role === null)
  expect(outside.map(({ name }) => [name, refused.get(name)])).toEqual(
    outside.map(({ name }) => [name, 401]),
  )
})

describe('SEC-26: what Payload makes for every collection', () => {
  // one of each kind here; all fourteen in `npm run test:security`
  const some = () => people.filter(({ name }) => ['SA', 'TE-in', 'DR-own', 'AN'].includes(name))
  const told = (found: Found) => {
    expect(found.open).toEqual([])
    return found.asked
  }

  test('no route is open to those who have no business there; none is there that no list names', async () => {
    expect(unknownRoutes(m)).toEqual([])
    expect(told(await sweepRoutes(m, some()))).toBeGreaterThan(2_000)
  }, 600_000)

  test('our own routes and the app’s operations neither', async () => {
    expect(told(await sweepOwn(m, some()))).toBeGreaterThan(300)
  }, 300_000)

  test('GraphQL neither: every query and every mutation of the schema', async () => {
    expect(told(await sweepGraphql(m, some()))).toBeGreaterThan(300)
  }, 300_000)

  test('GraphQL does not tell what is secret', async () => {
    const secret = /^(apiKey|loginAttempts|lockUntil|_verificationToken)$/
    const fields = Object.values(schemaOf(m).getTypeMap())
      .filter(isObjectType)
      .flatMap((type) => Object.keys(type.getFields()).map((name) => `${type.name}.${name}`))
    expect(fields.filter((name) => secret.test(name.split('.')[1]!))).toEqual([])
    await m.app.pool.query(
      `update users set reset_password_token = 'a secret link' where id = $1`,
      [m.a.staff.id],
    )
    for (const query of [
      `{ User(id: ${m.a.staff.id}) { hash salt resetPasswordToken } }`,
      '{ Users { docs { hash } } }',
      '{ Users { docs { salt } } }',
      `{ Users { docs { it: resetPasswordToken } } }`,
    ]) {
      const { text } = await sendGraphql(m, people[0]!, query)
      expect(text).toContain('Cannot query field')
      expect(text).not.toMatch(/a secret link|"totalDocs":/)
    }
  })
})

test('every action of the table has a door or is known to have none; 2,296 cells were asked', () => {
  const named = new Set(
    policyTable.flatMap(([, resource, actions]) =>
      actions.map((action) => `${resource}.${action}`),
    ),
  )
  expect(Object.keys(doors).filter((key) => !named.has(key))).toEqual([])
  expect([...named].filter((key) => !doors[key]).sort()).toEqual(withoutDoor)
  expect(count.cells).toBeGreaterThanOrEqual(2_296)
  process.stdout.write(
    `Matrix: ${count.cells} cells, ${count.requests} times asked, ${count.allowed} times allowed\n`,
  )
})

/**
 * What the table speaks of and neither REST nor GraphQL has: each cell of these showed that it is there for nobody. What
 * gets a door later has to be written down in `doorsOf…` to make this list right again.
 */
const withoutDoor = [
  'exports.chargers',
  'jobs.create',
  'jobs.delete',
  'jobs.read',
  'jobs.run',
  'jobs.update',
  'live.subscribe-fleet',
  'live.subscribe-session',
  'meter-values.create',
  'meter-values.delete',
  'meter-values.update',
  'organisations.bank-data',
  'payment-methods.create',
  'payment-methods.delete',
  'payment-methods.read',
  'reservations.cancel-own',
  'reservations.create-own',
  'security-events.acknowledge',
  'security-events.read',
  'statements.create',
]

const thrown = (error: unknown): Outcome => ({ is: 'odd', note: String(error) })

type Asked = { ask: Ask; isExpected: boolean }

function asksOf(
  who: Principal,
  door: 'rest' | 'graphql',
  resource: Resource,
  action: Action,
): Asked[] {
  const own = doors[`${resource}.${action}`] ?? {}
  const isStaffs = isForStaff(who, resource, action)
  if (door === 'graphql')
    return own.graphql
      ? [{ ask: own.graphql, isExpected: isStaffs }]
      : [{ ask: absentGraphql(resource, action), isExpected: false }]
  const asks: Asked[] = []
  if (own.staff) asks.push({ ask: own.staff, isExpected: isStaffs })
  if (own.app) asks.push({ ask: own.app, isExpected: isForDriver(who, own, resource, action) })
  return asks.length > 0 ? asks : [{ ask: absentRest(resource, action), isExpected: false }]
}

/** The verdict of the table for what stands at site A. */
function isForStaff(who: Principal, resource: Resource, action: Action): boolean {
  if (who.kind !== 'staff') return false
  switch (may(who.role, resource, action)) {
    case 'all':
      return true
    case 'scope':
      return who.at === 'here' || doors[`${resource}.${action}`]?.isEverywhere === true
    case 'own':
      return (
        resource === 'own-account' ||
        resource === 'preferences' ||
        (who.role === 'site-owner' && who.at === 'here')
      )
    case 'none':
      return false
  }
}

function isForDriver(who: Principal, own: Doors, resource: Resource, action: Action): boolean {
  if (own.isPublic) return may('anonymous', resource, action) === 'all'
  if (who.kind !== 'driver') return false
  return may(who.role, resource, action) === 'own' && (own.isPersonal === true || who.at === 'here')
}
