import { readCsv } from '@/domain/csv'
import { startApp, type App, type Body, type Person } from '@/tests/helpers/app'
import { staffRoute } from '../staffRoute'
import { endReportPool } from './pool'
import { reportRoute } from './reportRoute'

/** Regulations 7 and 8 of the Public Charge Point Regulations 2023, on a day of 25 hours, by the door people use. */
let app: App
let admin: Person
let operator: Person
let technician: Person
let limited: number
let always: number
let rapid: number
let rapidAlways: number

type Cells = (string | number | null)[]
type Answer = {
  status: number
  text: string
  body: Body & { rows: Cells[]; totals: { sums: Record<string, number>; notes: string[] } }
}

const day = 'from=2026-10-25&to=2026-10-25'
const hours = (count: number) => Math.round(count * 3600)

async function ask(as: Person | null, report: string, query: string): Promise<Answer> {
  const response = await staffRoute(
    app.config,
    reportRoute(report),
  )(
    new Request(`http://localhost:3000/api/reports/${report}?${query}`, {
      headers: as ? { Authorization: `JWT ${as.token}` } : {},
    }),
  )
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return {
    status: response.status,
    text,
    body: (isJson ? JSON.parse(text) : {}) as Answer['body'],
  }
}

/** What a charger said, as the recorder keeps it. */
async function said(charger: number, connector: number, lines: [at: string, status: string][]) {
  for (const [at, status] of lines)
    await app.pool.query(
      `insert into telemetry.status_log (at, charger_id, connector_id, status, error_code)
       values ($1, $2, $3, $4, $5)`,
      [at, charger, connector, status, status === 'Faulted' ? 'HighTemperature' : 'NoError'],
    )
}

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  const make = async (slug: string, body: object) =>
    Number((await app.call('POST', `/api/${slug}?depth=0`, { as: admin, body })).body.doc?.id)
  limited = await make('sites', {
    name: 'Garden centre',
    timezone: 'Europe/London',
    accessHours: [{ days: ['sun'], from: '00:30', until: '02:30' }],
  })
  always = await make('sites', { name: 'Motorway', timezone: 'Europe/London' })
  rapid = await make('chargers', {
    name: 'Rapid 1',
    identity: 'R-1',
    site: limited,
    visibility: 'public',
  })
  rapidAlways = await make('chargers', {
    name: 'Rapid 2',
    identity: 'R-2',
    site: always,
    visibility: 'public',
  })
  const slow = await make('chargers', {
    name: 'Post',
    identity: 'S-1',
    site: always,
    visibility: 'public',
  })
  const depot = await make('chargers', {
    name: 'Depot',
    identity: 'D-1',
    site: always,
    visibility: 'private',
  })
  for (const [charger, maxPowerW] of [
    [rapid, 50_000],
    [rapidAlways, 150_000],
    [slow, 22_000],
    [depot, 150_000],
  ])
    await make('connectors', { charger, connectorId: 1, maxPowerW })
  for (const charger of [slow, depot]) await said(charger, 1, [['2026-10-01T00:00:00Z', 'Faulted']])
  operator = await app.person('operator', [{ role: 'operator', scope: 'sites', sites: [limited] }])
  technician = await app.person('technician', [
    { role: 'technician', scope: 'sites', sites: [limited] },
  ])
  await said(rapid, 1, [
    ['2026-10-01T00:00:00Z', 'Available'],
    ['2026-10-25T01:00:00Z', 'Faulted'],
    ['2026-10-25T01:30:00Z', 'Available'],
    ['2026-10-25T20:00:00Z', 'Faulted'],
  ])
  await said(rapidAlways, 1, [
    ['2026-10-01T00:00:00Z', 'Available'],
    ['2026-10-25T13:00:00Z', 'Faulted'],
    ['2026-10-25T14:00:00Z', 'Available'],
    ['2026-10-25T18:00:00Z', 'Preparing'],
    ['2026-10-25T18:10:00Z', 'Charging'],
    ['2026-10-25T19:00:00Z', 'Finishing'],
    ['2026-10-25T19:05:00Z', 'Available'],
  ])
  await said(rapidAlways, 0, [
    ['2026-10-25T16:00:00Z', 'Unavailable'],
    ['2026-10-25T17:00:00Z', 'Available'],
  ])
  for (const [table, kind, at] of [
    ['charger_log', 'charger.disconnected', '2026-10-25T10:00:00Z'],
    ['events', 'charger.connected', '2026-10-25T12:00:00Z'],
  ])
    await app.pool.query(
      `insert into telemetry.${table} (${table === 'charger_log' ? 'id, ' : ''}at, kind, charger_id, body)
       values (${table === 'charger_log' ? '1, ' : ''}$1, $2, $3, '{}')`,
      [at, kind, rapidAlways],
    )
  await make('exempt-periods', {
    charger: rapidAlways,
    from: '2026-10-25T13:30:00Z',
    until: '2026-10-25T15:00:00Z',
    reason: 'power',
    explanation: 'Power cut, reference 4711',
  })
}, 60_000)

afterAll(async () => {
  await endReportPool()
  await app.close()
})

describe('Rapid charger reliability', () => {
  test('each second of the long day counts once, as the regulations say', async () => {
    const { status, body } = await ask(admin, 'reliability', `${day}&groupBy=charger`)
    expect(status).toBe(200)
    // 00:30 to 02:30 by the clock are three hours in this night; the fault at 20:00 was behind a locked gate
    expect(body.rows).toEqual([
      [
        'Whole period',
        'Garden centre',
        'Rapid 1',
        1,
        8333,
        hours(2.5),
        hours(0.5),
        hours(0.5),
        0,
        0,
        0,
        hours(22),
      ],
      [
        'Whole period',
        'Motorway',
        'Rapid 2',
        1,
        9294,
        hours(19.75),
        hours(1.5),
        hours(0.5),
        hours(1),
        hours(2.25),
        hours(1.5),
        0,
      ],
    ])
    for (const row of body.rows)
      expect([5, 6, 9, 10, 11].reduce((sum, at) => sum + Number(row[at]), 0)).toBe(hours(25))
    expect(body.totals.sums).toMatchObject({
      chargers: 2,
      reliability: 9175,
      working: hours(22.25),
      notWorking: hours(2),
    })
    expect(body.totals.notes[0]).toBe(
      'Reliable for 91.75 % of the measured time: less than the 99 % that are asked of a calendar year.',
    )
  })

  test('its months add up to its year', async () => {
    const year = 'from=2026-01-01&to=2026-10-31&unit=month'
    const { body } = await ask(admin, 'reliability', year)
    expect(body.rows.map(([month]) => month)).toEqual(
      Array.from({ length: 10 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`),
    )
    const october = body.rows.at(-1)!
    // nobody knew anything before 1 October, and that is not measured
    expect(body.rows[0]!.slice(1, 6)).toEqual([0, null, 0, 0, 0])
    expect(Number(october[3])).toBe(body.totals.sums['working'])
    expect(body.rows.reduce((all, row) => all + Number(row[7]), 0)).toBe(
      body.totals.sums['unmeasured'],
    )
  })

  test('what is not over yet is not counted', async () => {
    const { body } = await ask(admin, 'reliability', 'from=2200-01-01&to=2200-01-31')
    expect(body.rows).toEqual([])
  })

  test('the file says the same, with the verdict below', async () => {
    const { text } = await ask(admin, 'reliability', `${day}&groupBy=site&format=csv`)
    const lines = readCsv(text.replace('\ufeff', '')).map(({ cells }) => cells)
    expect(lines[1]).toEqual([
      'Whole period',
      'Garden centre',
      '1',
      '83.33',
      '2:30:00',
      '0:30:00',
      '0:30:00',
      '0:00:00',
      '0:00:00',
      '0:00:00',
      '22:00:00',
    ])
    expect(lines[3]!.slice(0, 5)).toEqual(['Total', '2 rows', '2', '91.75', '22:15:00'])
    expect(lines[4]![0]).toMatch(/^Reliable for 91.75 %/)
  })

  test('an operator sees the own sites and makes exempt periods there only', async () => {
    const { body } = await ask(operator, 'reliability', `${day}&groupBy=charger`)
    expect(body.rows.map((row) => row[2])).toEqual(['Rapid 1'])
    expect((await ask(operator, 'reliability', `${day}&site=${always}`)).status).toBe(404)
    expect((await ask(technician, 'reliability', day)).status).toBe(403)
    const period = (charger: number) => ({
      charger,
      from: '2026-11-01T00:00:00Z',
      reason: 'works',
      explanation: 'Road works',
    })
    const post = (as: Person, body: object) =>
      app.call('POST', '/api/exempt-periods?depth=0', { as, body })
    expect((await post(operator, period(rapidAlways))).status).toBe(400)
    expect((await post(operator, period(rapid))).status).toBe(201)
    expect((await post(technician, period(rapid))).status).toBe(403)
    expect(
      (await post(admin, { ...period(rapid), until: '2026-10-31T00:00:00Z' })).body.errors?.[0]
        ?.data?.errors?.[0]?.message,
    ).toMatch(/ends before it begins/)
  })
})

describe('Faults & Uptime', () => {
  test('not connected counts as down, plugged in as up, and faults have words', async () => {
    const { body } = await ask(admin, 'faults-uptime', `${day}&charger=${rapidAlways}`)
    expect(body.rows).toEqual([
      [
        'Whole period',
        'Motorway',
        'Rapid 2',
        8510,
        1,
        hours(0.5),
        hours(2),
        hours(1),
        hours(20),
        'Overheating (1)',
      ],
    ])
  })

  test('access hours do not matter to whoever mends them, and a fault that lasts is one fault', async () => {
    const { body } = await ask(admin, 'faults-uptime', `${day}&groupBy=site`)
    const site = Object.fromEntries(body.rows.map((row) => [row[1], row.slice(3, 5)]))
    expect(site['Garden centre']).toEqual([2, hours(4.5)])
    // those that were faulty since 1 October have no new fault
    expect(site['Motorway']![0]).toBe(1)
  })

  test('people have no place in it', async () => {
    expect((await ask(admin, 'faults-uptime', `${day}&groupBy=driver`)).status).toBe(400)
  })
})
