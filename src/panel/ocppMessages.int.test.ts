import { GRAPHQL_POST } from '@payloadcms/next/routes'

import { startApp, type App, type Body, type Person } from '@/tests/helpers/app'

import { ocppMessages } from './ocppMessages'
import { staffRoute } from './staffRoute'

/** The frame log for people, and GraphQL, which goes through the same walls as REST. */
let app: App
let admin: Person
let technician: Person
let owner: Person
let mine: number
let foreign: number

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  const make = async (slug: string, body: object) =>
    Number((await app.call('POST', `/api/${slug}?depth=0`, { as: admin, body })).body.doc?.id)
  const sites = [await make('sites', { name: 'A' }), await make('sites', { name: 'B' })]
  mine = await make('chargers', { name: 'KP 7', identity: 'KP-07', site: sites[0] })
  foreign = await make('chargers', { name: 'KP 8', identity: 'KP-08', site: sites[1] })
  technician = await app.person('technician', [
    { role: 'technician', scope: 'sites', sites: [sites[0] ?? 0] },
  ])
  owner = await app.person('owner', [
    { role: 'site-owner', scope: 'sites', sites: [sites[0] ?? 0] },
  ])
  // 300 frames of each in three instants, as commits make them, and one of a stranger
  await app.pool.query(
    `insert into telemetry.frames (at, charger_id, connection_id, direction, kind, action, message_id, payload, error)
     select date_trunc('milliseconds', now()) - (n % 3) * interval '1 second', charger, 7, n % 2, 2 + n % 2,
            case when n % 3 = 0 then 'Heartbeat' else 'MeterValues' end, 'm' || n, '[2,"m' || n || '"]',
            case when n = 5 then 'FormationViolation' end
       from generate_series(1, 300) n, unnest($1::int[]) charger
     union all select now(), null, 9, 0, 0, null, null, 'knock', 'unknown'`,
    [[mine, foreign]],
  )
})

afterAll(() => app.close())

async function log(as: Person | null, query = '') {
  const headers = as ? { Authorization: `JWT ${as.token}` } : undefined
  const route = staffRoute(app.config, ocppMessages)
  const response = await route(
    new Request(`http://localhost:3000/api/ocpp-messages${query}`, { headers }),
  )
  return { status: response.status, body: (await response.json()) as Body }
}

describe('the log of frames', () => {
  test('pages through everything once, newest first, although hundreds share an instant', async () => {
    const seen: string[] = []
    let last = '9'
    for (let before: unknown = ''; before !== null;) {
      const { status, body } = await log(
        technician,
        `?charger=KP-07&limit=70&before=${String(before)}`,
      )
      expect(status).toBe(200)
      for (const doc of body.docs ?? []) {
        expect(doc.chargerId).toBe(mine)
        expect(String(doc.at) <= last).toBe(true)
        last = String(doc.at)
        seen.push(String(doc.messageId))
      }
      before = body['next']
    }
    expect(seen).toHaveLength(300)
    expect(new Set(seen).size).toBe(300)
  })

  test('is filtered by action, direction, error, time', async () => {
    const ids = async (query: string) =>
      (await log(admin, `?charger=${mine}&limit=200&${query}`)).body.docs?.length
    expect(await ids('action=Heartbeat')).toBe(100)
    expect(await ids('direction=in')).toBe(150)
    expect(await ids('action=Heartbeat&direction=out')).toBe(50)
    expect(await ids('error=true')).toBe(1)
    expect(await ids('from=2000-01-01&to=2000-01-02')).toBe(0)
  })

  test('SEC-29 stops at the scope: a foreign charger does not exist, and none of its frames is among all', async () => {
    const [hidden, missing] = [
      await log(technician, '?charger=KP-08'),
      await log(technician, '?charger=NO-SUCH'),
    ]
    expect([hidden.status, hidden.body]).toEqual([404, missing.body])
    const { body } = await log(technician, '?limit=200')
    expect(new Set(body.docs?.map((doc) => doc.chargerId))).toEqual(new Set([mine]))
    const all = await log(admin, '?limit=200&error=true')
    expect(all.body.docs?.map((doc) => doc.chargerId).sort()).toEqual([foreign, mine, null].sort())
  })

  test('is not for site owners or strangers', async () => {
    expect((await log(owner)).status).toBe(403)
    expect((await log(null)).status).toBe(401)
  })

  test.each([
    'limit=0',
    'limit=x',
    'from=yesterday',
    'direction=up',
    'error=maybe',
    'before=xyz',
    `action=${'x'.repeat(61)}`,
    'charger=%00',
  ])('refuses %s with a sentence', async (query) => {
    const { status, body } = await log(admin, `?${query}`)
    expect(status).toBeLessThan(500)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body['detail']).toEqual(expect.any(String))
  })
})

describe('GraphQL', () => {
  async function graphql(as: Person, query: string) {
    const request = new Request('http://localhost:3000/api/graphql', {
      method: 'POST',
      headers: { Authorization: `JWT ${as.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    const response = await GRAPHQL_POST(Promise.resolve(app.config))(request)
    return (await response.json()) as {
      data?: Record<string, { docs?: object[]; totalDocs?: number } | null>
      errors?: { message: string }[]
    }
  }

  test('shows the same rows and fields as REST', async () => {
    const { data } = await graphql(
      technician,
      '{ Chargers { docs { id identity status } totalDocs } }',
    )
    expect(data?.['Chargers']).toEqual({
      docs: [{ id: mine, identity: 'KP-07', status: 'NeverConnected' }],
      totalDocs: 1,
    })
    const hidden = await graphql(owner, '{ Chargers { docs { id identity } } }')
    expect(hidden.data?.['Chargers']?.docs).toEqual([{ id: mine, identity: null }])
    const byState = await graphql(owner, '{ Chargers { docs { id state { iccid } } } }')
    expect(JSON.stringify(byState)).not.toContain('"iccid":"')
    expect(
      (await graphql(technician, `{ Charger(id: ${foreign}) { id } }`)).data?.['Charger'] ?? null,
    ).toBeNull()
  })

  test('makes no commands, no facts, no foreign chargers', async () => {
    for (const mutation of [
      `createCommand(data: {charger: ${mine}, action: "Reset"}) { id }`,
      `updateSession(id: 1, data: {energyWh: 1}) { id }`,
      `deleteAuditLog(id: 1) { id }`,
      `updateCharger(id: ${foreign}, data: {name: "mine"}) { id }`,
      `updateCharger(id: ${mine}, data: {name: "mine"}) { id }`,
    ]) {
      const { errors, data } = await graphql(technician, `mutation { ${mutation} }`)
      expect([
        mutation,
        errors?.length ?? 0 > 0,
        Object.values(data ?? {}).every((value) => value === null),
      ]).toEqual([mutation, expect.anything(), true])
      expect(errors).not.toHaveLength(0)
    }
  })

  test('SEC-30 is neither deep, wide nor read aloud', async () => {
    const deep = '{ Chargers { docs { site { region { id } } } } }'
    expect((await graphql(admin, deep)).errors).toBeUndefined()
    const nested = `{ Grants { docs { chargers { connectors: site { tariff { site { tariff { site { tariff { id } } } } } } } } } }`
    const aliases = `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: Sites { totalDocs }`).join(' ')} }`
    for (const query of [
      nested,
      aliases,
      '{ __schema { types { name } } }',
      '{ __type(name: "User") { name } }',
    ]) {
      const { data, errors } = await graphql(admin, query)
      expect([query, data, Boolean(errors?.length)]).toEqual([query, undefined, true])
    }
  })
})
