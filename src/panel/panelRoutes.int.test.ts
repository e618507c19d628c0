import type { PayloadRequest } from 'payload'

import { startApp, type App, type Body, type Person } from '@/tests/helpers/app'

import { bulkTargets } from './bulkTargets'
import { chargerEvents } from './chargerTabs'
import { find } from './find'
import { knocks } from './knocks'
import { exportOcppMessages } from './ocppMessages'
import { siteMap } from './siteMap'
import { staffRoute } from './staffRoute'

/** M7 for the routes of the panel that are no collections: each asked by the right person, the wrong one and nobody. */
let app: App
let admin: Person
let operator: Person
let technician: Person
let owner: Person
let siteA: number
let siteB: number
let mine: number
let foreign: number

type Route = (req: PayloadRequest) => Promise<Response>
type Asked = { status: number; body: Body; text: string }

async function ask(route: Route, as: Person | null, query = '', body?: unknown): Promise<Asked> {
  const headers: Record<string, string> = as ? { Authorization: `JWT ${as.token}` } : {}
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const response = await staffRoute(
    app.config,
    route,
  )(
    new Request(`http://localhost:3000/api/x${query}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    }),
  )
  const text = await response.text()
  let parsed: Body = {}
  try {
    parsed = JSON.parse(text) as Body
  } catch {
    // a file
  }
  return { status: response.status, body: parsed, text }
}

const docsOf = ({ body }: Asked) => body.docs ?? []

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  const make = async (slug: string, body: object) =>
    Number((await app.call('POST', `/api/${slug}?depth=0`, { as: admin, body })).body.doc?.id)
  siteA = await make('sites', { name: 'Leeds Dock', latitude: 53.79, longitude: -1.53 })
  siteB = await make('sites', { name: 'Leeds Station', latitude: 53.8, longitude: -1.55 })
  mine = await make('chargers', {
    name: 'Bay 3',
    identity: 'KP-0007',
    serialNumber: 'SERIAL-77',
    site: siteA,
  })
  foreign = await make('chargers', {
    name: 'Bay 4',
    identity: 'KP-0008',
    serialNumber: 'SERIAL-88',
    site: siteB,
  })
  await make('drivers', { name: 'Amelia Smith', email: 'amelia@example.test', site: siteA })
  await make('drivers', { name: 'Noah Smith', email: 'noah@example.test', site: siteB })
  await make('rfid-cards', { uid: '04A2B3C4D5E680', label: 'Pool card', site: siteA })
  operator = await app.person('operator', [{ role: 'operator', scope: 'sites', sites: [siteA] }])
  technician = await app.person('technician', [
    { role: 'technician', scope: 'sites', sites: [siteA] },
  ])
  owner = await app.person('owner', [{ role: 'site-owner', scope: 'sites', sites: [siteA] }])
  await app.pool.query(
    `insert into telemetry.status_log (at, charger_id, connector_id, status, error_code, vendor_error_code, info)
     select now() - n * interval '1 minute', charger, 1, case when n % 10 = 0 then 'Faulted' else 'Available' end,
            case when n % 10 = 0 then 'HighTemperature' else 'NoError' end, 'E-1042', 'T>85'
       from generate_series(1, 120) n, unnest($1::int[]) charger`,
    [[mine, foreign]],
  )
  await app.pool.query(
    `insert into telemetry.events (at, kind, charger_id, body) values
       (now() - interval '30 min', 'charger.disconnected', $1, '{"reason":"1006"}'),
       (now() - interval '20 min', 'charger.connected', $1, '{}'),
       (now() - interval '10 min', 'charger.disconnected', $1, '{"reason":"1000"}')`,
    [mine],
  )
  await app.pool.query(
    `insert into telemetry.handshakes (identity, remote_address, cause, detail) values
       ('kp-0007', '192.0.2.1', 'wrong-password', 'x'), ('KP-0007', '192.0.2.1', 'no-password', 'x'),
       ('KP-0008', '192.0.2.2', 'wrong-password', 'x'), ('STRANGER', '192.0.2.3', 'unknown-charger', 'x'),
       (null, '192.0.2.4', 'bad-path', 'x')`,
  )
  await app.pool.query(
    `insert into telemetry.frames (at, charger_id, connection_id, direction, kind, action, message_id, payload)
     select now() - n * interval '1 second', charger, 7, 0, 2, 'Heartbeat', 'm' || n, '=cmd|"' || charger
       from generate_series(1, 30) n, unnest($1::int[]) charger`,
    [[mine, foreign]],
  )
})

afterAll(() => app.close())

test.each([
  ['map', siteMap],
  ['find', find],
  ['events', chargerEvents],
  ['knocks', knocks],
  ['export', exportOcppMessages],
  ['bulk', bulkTargets],
] as [string, Route][])('%s: a stranger is asked to sign in', async (_name, route) => {
  expect((await ask(route, null)).status).toBe(401)
})

describe('the map', () => {
  const sitesOf = async (as: Person) =>
    ((await ask(siteMap, as)).body['sites'] as { id: number; chargers: unknown[] }[]).map(
      ({ id, chargers }) => [id, chargers.length],
    )

  test('shows the places one was given, with their chargers', async () => {
    expect(await sitesOf(admin)).toEqual([
      [siteA, 1],
      [siteB, 1],
    ])
    for (const person of [operator, technician, owner])
      expect(await sitesOf(person)).toEqual([[siteA, 1]])
  })

  test('a site outside the scope has no card, nor has one that does not exist', async () => {
    expect((await ask(siteMap, operator, `?site=${siteA}`)).status).toBe(200)
    expect((await ask(siteMap, operator, `?site=${siteB}`)).status).toBe(404)
    expect((await ask(siteMap, operator, '?site=999999')).status).toBe(404)
    expect((await ask(siteMap, operator, '?site=1;drop')).status).toBe(404)
  })

  test('a grant for one charger shows its site with that charger only', async () => {
    const single = await app.person('single', [
      { role: 'technician', scope: 'chargers', chargers: [foreign] },
    ])
    expect(await sitesOf(single)).toEqual([[siteB, 1]])
  })
})

describe('the find box', () => {
  const titles = async (as: Person, q: string) =>
    docsOf(await ask(find, as, `?q=${encodeURIComponent(q)}`)).map(
      ({ kind, title }) => `${String(kind)} ${String(title)}`,
    )

  test('finds by name, identity, serial number, site, driver and card', async () => {
    expect(await titles(admin, 'bay 3')).toEqual(['charger Bay 3'])
    expect(await titles(admin, 'kp-0008')).toEqual(['charger Bay 4'])
    expect(await titles(admin, 'serial-77')).toEqual(['charger Bay 3'])
    expect(await titles(admin, 'leeds station')).toEqual(['charger Bay 4', 'site Leeds Station'])
    expect((await titles(admin, 'smith')).sort()).toEqual([
      'driver Amelia Smith',
      'driver Noah Smith',
    ])
    expect(await titles(admin, '04:a2:b3')).toEqual(['card 04A2B3C4D5E680'])
  })

  test('nothing outside the scope', async () => {
    expect(await titles(operator, 'bay')).toEqual(['charger Bay 3'])
    expect(await titles(operator, 'smith')).toEqual(['driver Amelia Smith'])
    expect(await titles(technician, 'smith')).toEqual([])
  })

  test('what somebody is not shown is not searched for him either', async () => {
    expect(await titles(owner, 'bay 3')).toEqual(['charger Bay 3'])
    expect(await titles(owner, 'kp-0007')).toEqual([])
    expect(await titles(owner, 'serial-77')).toEqual([])
    // masked numbers are found by the whole number in hand only
    expect(await titles(operator, '04a2b3')).toEqual([])
    expect(await titles(operator, '04A2B3C4D5E680')).toEqual(['card ••••E680'])
  })

  test('signs of LIKE and nonsense find nothing and break nothing', async () => {
    for (const q of ['%', '_', '\\', "'", '%%%', 'x'.repeat(500), '\u0000'])
      expect((await ask(find, admin, `?q=${encodeURIComponent(q)}`)).status).toBe(200)
    expect(await titles(admin, '%%%')).toEqual([])
  })
})

describe('the event log of a charger', () => {
  test('pages through status lines and connections once, newest first', async () => {
    const keys: string[] = []
    for (let before: unknown = ''; before !== null;) {
      const { body } = await ask(
        chargerEvents,
        technician,
        `?charger=${mine}&before=${encodeURIComponent(String(before))}`,
      )
      for (const doc of body.docs ?? []) keys.push(String(doc['key']))
      before = body['next']
    }
    expect(keys).toHaveLength(123)
    expect(new Set(keys).size).toBe(123)
    const times = keys.map((key) => key.slice(0, 27))
    expect(times).toEqual([...times].sort().reverse())
  })

  test('a lost connection says when the charger was back, or that it is not', async () => {
    const lost = docsOf(
      await ask(chargerEvents, admin, `?charger=${mine}&group=connection`),
    ).filter(({ kind }) => kind === 'charger.disconnected')
    expect(lost.map(({ until }) => until !== null)).toEqual([false, true])
  })

  test('faults only, where asked for', async () => {
    const docs = docsOf(await ask(chargerEvents, admin, `?charger=${mine}&group=faults`))
    expect(docs).toHaveLength(12)
  })

  test('site owners see states and no codes of the maker', async () => {
    const docs = docsOf(await ask(chargerEvents, owner, `?charger=${mine}&group=status`))
    expect(docs.length).toBeGreaterThan(0)
    expect(
      docs.every(({ vendorErrorCode, info }) => vendorErrorCode === null && info === null),
    ).toBe(true)
  })

  test('another’s charger does not exist, nonsense is a 400', async () => {
    expect((await ask(chargerEvents, operator, `?charger=${foreign}`)).status).toBe(404)
    expect((await ask(chargerEvents, operator, `?charger=${mine}&group=x`)).status).toBe(400)
    expect((await ask(chargerEvents, operator, `?charger=${mine}&before=x`)).status).toBe(400)
  })
})

describe('the connection doctor', () => {
  const seen = async (as: Person) =>
    ((await ask(knocks, as)).body['knocks'] as { identity: string | null; count: number }[]).map(
      ({ identity, count }) => `${identity} ${count}`,
    )

  test('groups by identity, whatever its case; strangers are a Super Admin’s', async () => {
    expect((await seen(admin)).sort()).toEqual(['KP-0007 2', 'KP-0008 1', 'STRANGER 1', 'null 1'])
    expect(await seen(operator)).toEqual(['KP-0007 2'])
  })

  test('is not for those who set no chargers up', async () => {
    for (const person of [technician, owner]) expect((await ask(knocks, person)).status).toBe(403)
  })
})

describe('many chargers at once', () => {
  test('names those in sight and what may be done to each', async () => {
    const all = docsOf(await ask(bulkTargets, admin, '', { ids: [mine, foreign] }))
    expect(all.map(({ id }) => id)).toEqual([mine, foreign])
    const docs = docsOf(await ask(bulkTargets, technician, '', { ids: [mine, foreign] }))
    expect(docs).toHaveLength(1)
    expect(docs[0]).toMatchObject({
      id: mine,
      may: { reset: true, availability: true, configure: false, diagnose: true },
    })
    const ofOwner = docsOf(await ask(bulkTargets, owner, '', { ids: [mine] }))
    expect(ofOwner[0]?.['may']).toEqual({
      reset: false,
      availability: false,
      configure: false,
      diagnose: false,
    })
  })

  test('takes a list of at most 500 numbers', async () => {
    for (const body of [{}, { ids: 'x' }, { ids: [1.5] }, { ids: Array<number>(501).fill(1) }])
      expect((await ask(bulkTargets, admin, '', body)).status).toBe(400)
  })
})

describe('the log as a file', () => {
  test('holds what the filter finds, inside the scope, and no formulas', async () => {
    const { status, text } = await ask(exportOcppMessages, technician, '?format=csv')
    expect(status).toBe(200)
    const lines = text.trim().split('\r\n')
    expect(lines).toHaveLength(31)
    expect(text).not.toContain('Bay 4')
    expect(lines[1]).toContain(`"'=cmd`)
    const json = await ask(exportOcppMessages, technician, `?format=json&charger=${mine}`)
    expect(
      json.text
        .trim()
        .split('\r\n')
        .map((line) => (JSON.parse(line) as Body)['chargerId']),
    ).toEqual(Array<number>(30).fill(mine))
  })

  test('is shut for site owners, and for another’s charger', async () => {
    expect((await ask(exportOcppMessages, owner)).status).toBe(403)
    expect((await ask(exportOcppMessages, operator, `?charger=${foreign}`)).status).toBe(404)
  })
})
