import { readCsv } from '@/domain/csv'
import { measureEndedSessions } from '@/jobs/definitions/measureSessions'
import { codeAt, stepAt } from '@/platform/totp'
import { password, startApp, type App, type Body, type Person } from '@/tests/helpers/app'
import { staffRoute } from '../staffRoute'
import { exportProgress } from './exportProgress'
import { endReportPool } from './pool'
import { closePdf } from '#reports/render/pdf'
import { reportRoute } from './reportRoute'

/** S5, S6 and row 57 of the policy, by the door people use. */
let app: App
let admin: Person
let operator: Person
let technician: Person
let owner: Person
let siteA: number
let siteB: number
let chargerA: number
let chargerB: number
let driver: number

type Asked = {
  status: number
  body: Body & Record<string, unknown>
  text: string
  headers: Headers
}

async function ask(as: Person | null, report: string, query: string): Promise<Asked> {
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
    body: isJson ? (JSON.parse(text) as Body) : {},
    text,
    headers: response.headers,
  }
}

const one = async (text: string, values: unknown[]) =>
  (await app.pool.query<{ id: number }>(text, values)).rows[0]!.id

type Charge = {
  charger?: number
  site?: number
  startedAt: string
  minutes: number
  energyWh: number
  costMinor?: number | null
  currency?: string | null
  status?: string
  idTag?: string
}

/** A session as facts and prices leave it; its readings every ten minutes until `chargedMinutes`. */
async function charge(given: Charge): Promise<number> {
  const start = new Date(given.startedAt)
  const stop = new Date(start.getTime() + given.minutes * 60_000)
  return one(
    `insert into sessions (public_id, charger_id, site_id, connector_number, driver_id, id_tag, status, started_at, stopped_at,
       meter_start_wh, meter_stop_wh, energy_wh, duration_seconds, cost_minor, tax_minor, currency, priced_at, stop_reason)
     values (md5(random()::text), $1, $2, 1, $3, $4, $5, $6, $7, 0, $8, $8, $9, $10, $11, $12, $7, 'Local') returning id`,
    [
      given.charger ?? chargerA,
      given.site ?? siteA,
      driver,
      given.idTag ?? 'CARD1',
      given.status ?? 'ended',
      start,
      stop,
      given.energyWh,
      given.minutes * 60,
      given.costMinor === undefined ? 250 : given.costMinor,
      given.costMinor === null ? null : 42,
      given.currency === undefined ? 'GBP' : given.currency,
    ],
  )
}

async function reading(session: number, at: string, energyWh: number, charger = chargerA) {
  await app.pool.query(
    `insert into telemetry.meter_samples (at, received_at, charger_id, connector_id, session_id, context, energy_wh)
     values ($1, $1, $2, 1, $3, 1, $4)`,
    [at, charger, session, energyWh],
  )
}

beforeAll(async () => {
  app = await startApp()
  admin = await app.person('admin', [{ role: 'super-admin' }])
  const make = async (slug: string, body: object) =>
    Number((await app.call('POST', `/api/${slug}?depth=0`, { as: admin, body })).body.doc?.id)
  siteA = await make('sites', { name: '=Leeds Dock', timezone: 'Europe/London' })
  siteB = await make('sites', { name: 'Kathmandu Ring', timezone: 'Asia/Kathmandu' })
  chargerA = await make('chargers', { name: '+Bay 3', identity: 'KP-0007', site: siteA })
  chargerB = await make('chargers', { name: 'Bay 4', identity: 'KP-0008', site: siteB })
  driver = await make('drivers', {
    name: '@SUM(A1)',
    email: 'amelia@example.test',
    site: siteA,
  })
  operator = await app.person('operator', [{ role: 'operator', scope: 'sites', sites: [siteA] }])
  technician = await app.person('technician', [
    { role: 'technician', scope: 'sites', sites: [siteA] },
  ])
  owner = await app.person('owner', [{ role: 'site-owner', scope: 'sites', sites: [siteA] }])
  // 23:30 UTC on 30 June is 1 July in Leeds; 18:20 UTC on 30 June is 1 July in Kathmandu
  await charge({ startedAt: '2026-06-30T22:30:00Z', minutes: 20, energyWh: 9_999 })
  const full = await charge({ startedAt: '2026-06-30T23:30:00Z', minutes: 60, energyWh: 12_345 })
  await reading(full, '2026-06-30T23:40:00Z', 6_000)
  await reading(full, '2026-06-30T23:50:00Z', 12_345)
  await charge({
    startedAt: '2026-07-01T10:00:00Z',
    minutes: 30,
    energyWh: 5_001,
    currency: 'EUR',
    costMinor: 199,
  })
  await charge({
    startedAt: '2026-07-01T12:00:00Z',
    minutes: 30,
    energyWh: 7,
    costMinor: null,
    currency: null,
    status: 'needs-review',
  })
  await charge({
    charger: chargerB,
    site: siteB,
    startedAt: '2026-06-30T18:20:00Z',
    minutes: 30,
    energyWh: 1_000,
  })
  await charge({
    charger: chargerB,
    site: siteB,
    startedAt: '2026-06-30T18:10:00Z',
    minutes: 30,
    energyWh: 2_000,
  })
  await measureEndedSessions({
    pool: app.pool,
    now: () => new Date(),
    log: { info: () => {}, warn: () => {} },
  })
})

afterAll(async () => {
  closePdf()
  await endReportPool()
  await app.close()
})

const july1 = 'from=2026-07-01&to=2026-07-01'

describe('Charging Sessions', () => {
  test('a day is the site’s own day, and the totals say so by currency', async () => {
    const { body, status } = await ask(admin, 'charging-sessions', july1)
    expect(status).toBe(200)
    expect(body['totals']).toMatchObject({
      rows: 4,
      sums: {
        energyWh: 12_345 + 5_001 + 7 + 1_000,
        durationSeconds: 9_000,
        chargingSeconds: 1_200 + 1_800 * 3 - 1_800,
      },
      money: [
        { currency: 'GBP', sums: { costMinor: 500, taxMinor: 84 } },
        { currency: 'EUR', sums: { costMinor: 199, taxMinor: 42 } },
      ],
      notes: [expect.stringContaining('1 session has no price yet')],
    })
    expect(body['rows']).toHaveLength(4)
    const atB = await ask(admin, 'charging-sessions', `${july1}&site=${siteB}`)
    expect(atB.body['totals']).toMatchObject({ rows: 1, sums: { energyWh: 1_000 } })
  })

  test('the CSV holds the same rows and sums, and no cell that a spreadsheet would run', async () => {
    const { text, headers } = await ask(admin, 'charging-sessions', `${july1}&format=csv`)
    expect(headers.get('content-disposition')).toContain(
      'charging-sessions-2026-07-01-to-2026-07-01.csv',
    )
    const [head, ...lines] = readCsv(text).map(({ cells }) => cells)
    const at = (title: string) => head!.indexOf(title)
    const rows = lines.slice(0, 4)
    expect(rows.map((cells) => cells[at('Energy (kWh)')])).toEqual([
      '1.000',
      '12.345',
      '5.001',
      '0.007',
    ])
    expect(rows.map((cells) => cells[at('Cost')])).toEqual(['2.50', '2.50', '1.99', ''])
    expect(rows[1]![at('Charging time')]).toBe('0:20:00')
    expect(rows[1]![at('Duration')]).toBe('1:00:00')
    expect(rows[1]![at('Started')]).toBe('2026-07-01 00:30:00')
    expect(lines[4]!.slice(0, 2)).toEqual(['Total', '4 rows'])
    expect(lines[4]![at('Energy (kWh)')]).toBe('18.353')
    expect([lines[4]![at('Cost')], lines[5]![at('Cost')]]).toEqual(['5.00', '1.99'])
    for (const cells of lines) for (const cell of cells) expect(cell).not.toMatch(/^[=+@\-]/)
    expect(rows[1]![at('User')]).toBe(`'@SUM(A1)`)
  })

  test('what was corrected afterwards counts, in the sums as in the rows', async () => {
    const correct = (minor: number, tax: number, wh: number) =>
      app.pool.query(
        `update sessions set correction_minor = $1, correction_tax_minor = $2, correction_wh = $3
          where energy_wh = 12345`,
        [minor, tax, wh],
      )
    await correct(-60, -10, -345)
    const { body } = await ask(admin, 'charging-sessions', july1)
    const csv = await ask(admin, 'charging-sessions', `${july1}&format=csv`)
    await correct(0, 0, 0)
    expect(body['totals']).toMatchObject({
      sums: { energyWh: 12_000 + 5_001 + 7 + 1_000 },
      money: [{ sums: { costMinor: 440, taxMinor: 74 } }, { sums: { costMinor: 199 } }],
    })
    expect(csv.text).toMatch(/12\.000.*1\.90/)
    expect(csv.text).toMatch(/Total.*4\.40/)
  })

  test('an operator exports the own sites, and another site is one that is not there', async () => {
    const own = await ask(operator, 'charging-sessions', `${july1}&format=csv`)
    expect(own.text).toContain('Leeds Dock')
    expect(own.text).not.toContain('Kathmandu')
    expect((await ask(operator, 'charging-sessions', `${july1}&site=${siteB}`)).status).toBe(404)
    expect(
      (await ask(operator, 'charging-sessions', `${july1}&charger=${chargerB}&format=csv`)).status,
    ).toBe(404)
    expect((await ask(operator, 'charging-sessions', `${july1}&site=999999`)).status).toBe(404)
  })

  test('a site owner is not told who charged, and cannot find it out by a filter', async () => {
    const { text } = await ask(owner, 'charging-sessions', `${july1}&format=csv`)
    expect(text).toContain('12.345')
    expect(text).not.toContain('SUM(A1)')
    expect(text).not.toContain('CARD1')
    const json = await ask(owner, 'charging-sessions', july1)
    expect(json.text).not.toContain('SUM(A1)')
    expect((await ask(owner, 'charging-sessions', `${july1}&driver=${driver}`)).status).toBe(404)
  })

  test('a technician and a stranger get no figures', async () => {
    expect((await ask(technician, 'charging-sessions', july1)).status).toBe(403)
    expect((await ask(technician, 'charging-sessions', `${july1}&format=csv`)).status).toBe(403)
    expect((await ask(null, 'charging-sessions', july1)).status).toBe(401)
  })

  test.each([
    ['', 'from is missing'],
    ['from=2026-02-30&to=2026-03-01', 'days like'],
    ['from=2026-07-02&to=2026-07-01', 'exchange the dates'],
    ['from=2020-07-02&to=2026-07-01', 'three years'],
    [`${july1}&charger=x`, 'charger is the number'],
    [`${july1}&format=exe`, 'format is one of'],
  ])('a filter that cannot be used is answered with what to do: %s', async (query, sentence) => {
    const { status, body } = await ask(admin, 'charging-sessions', query)
    expect(status).toBe(400)
    expect(body['detail']).toContain(sentence)
  })
})

describe('Energy Usage', () => {
  let night: number
  beforeAll(async () => {
    // over the end of summer time in Leeds (25 October 2026, 02:00 BST → 01:00 GMT), most of it in the second 01:00 hour
    night = await charge({ startedAt: '2026-10-24T22:30:00Z', minutes: 240, energyWh: 10_001 })
    await reading(night, '2026-10-24T23:30:00Z', 1_000)
    await reading(night, '2026-10-25T01:00:00Z', 2_000)
    await reading(night, '2026-10-25T02:00:00Z', 10_000)
    // longer than a day, begun before the period
    await charge({
      startedAt: '2026-10-20T12:00:00Z',
      minutes: 4 * 24 * 60 + 11 * 60,
      energyWh: 107_000,
    })
  })

  const energyOf = async (query: string) => {
    const { body, status } = await ask(
      admin,
      'energy-usage',
      `from=2026-10-25&to=2026-10-25&site=${siteA}&limit=200&${query}`,
    )
    expect(status).toBe(200)
    return body as unknown as {
      rows: [string, ...(string | number)[]][]
      totals: { rows: number; sums: { energyWh: number } }
    }
  }

  test('an hour holds what the meter counted in it; the hour that comes twice is two', async () => {
    const { rows, totals } = await energyOf('unit=hour')
    expect(rows).toHaveLength(25)
    const by = new Map(rows.map(([label, wh]) => [label, wh]))
    // 1,000 Wh in 90 minutes from 00:30 BST; the long charge ended at 24 October, 23:00 UTC: midnight in Leeds
    expect(by.get('2026-10-25 00:00')).toBe(500 + 333)
    expect(by.get('2026-10-25 01:00 (UTC+01:00)')).toBe(667)
    expect(by.get('2026-10-25 01:00 (UTC+00:00)')).toBe(8_000)
    expect(by.get('2026-10-25 02:00')).toBe(1)
    expect(totals.sums.energyWh).toBe(10_001 - 500)
    expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(totals.sums.energyWh)
  })

  test('a long charge counts on each day it ran, and all steps add up to the same', async () => {
    const days = await ask(
      admin,
      'energy-usage',
      `from=2026-10-20&to=2026-10-26&site=${siteA}&unit=day`,
    )
    const rows = (days.body as unknown as { rows: [string, number, number][] }).rows
    expect(rows.map(([day, wh]) => [day, wh])).toEqual([
      ['2026-10-20', 11_000],
      ['2026-10-21', 24_000],
      ['2026-10-22', 24_000],
      ['2026-10-23', 24_000],
      ['2026-10-24', 24_500],
      ['2026-10-25', 9_501],
      ['2026-10-26', 0],
    ])
    for (const unit of ['hour', 'week', 'month']) {
      const { body } = await ask(
        admin,
        'energy-usage',
        `from=2026-10-20&to=2026-10-26&site=${siteA}&unit=${unit}`,
      )
      expect(body['totals']).toMatchObject({ sums: { energyWh: 117_001, sessions: 2 } })
    }
  })

  test('its CSV is finished only if the steps add up to the whole', async () => {
    const { text } = await ask(
      operator,
      'energy-usage',
      'from=2026-10-25&to=2026-10-25&unit=hour&format=csv',
    )
    expect(text).toContain('Total,9.501,0\r\n25 rows')
    expect(text).toContain('9.501')
  })

  test('by user a site owner sees one line without a name', async () => {
    const { body } = await ask(
      owner,
      'energy-usage',
      'from=2026-10-25&to=2026-10-25&groupBy=driver',
    )
    expect(body['rows']).toEqual([['2026-10-25', 'Not known', 9_501, 0]])
  })
})

describe('exports', () => {
  test('each leaves a row in the audit log and says how far it is to nobody else', async () => {
    const name = 'a1b2c3d4e5f60718'
    const { status } = await ask(
      operator,
      'charging-sessions',
      `${july1}&format=csv&export=${name}`,
    )
    expect(status).toBe(200)
    const { rows } = await app.pool.query<{ after: string; actor: string }>(
      `select after, actor from audit_log where action = 'export' and user_id = $1 order by id desc limit 1`,
      [operator.id],
    )
    expect(JSON.parse(rows[0]!.after)).toMatchObject({
      format: 'csv',
      rows: 3,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const progress = async (as: Person) =>
      staffRoute(
        app.config,
        exportProgress(name),
      )(
        new Request(`http://localhost:3000/api/reports/exports/${name}`, {
          headers: { Authorization: `JWT ${as.token}` },
        }),
      )
    expect(await (await progress(operator)).json()).toMatchObject({
      rows: 3,
      totalRows: 3,
      isFinished: true,
      failure: null,
    })
    expect((await progress(admin)).status).toBe(404)
  })

  test('two files at once are enough for one person', async () => {
    await app.pool.query(
      `insert into telemetry.exports (id, user_id, report, format) values ('x1', $1, 'r', 'csv'), ('x2', $1, 'r', 'csv')`,
      [owner.id],
    )
    const refused = await ask(owner, 'charging-sessions', `${july1}&format=csv`)
    expect(refused.status).toBe(429)
    await app.pool.query(
      `update telemetry.exports set seen_at = now() - interval '3 minutes' where id = 'x1'`,
    )
    expect((await ask(owner, 'charging-sessions', `${july1}&format=csv`)).status).toBe(200)
  })

  test('a file of more than ten thousand rows asks for the second factor again', async () => {
    await app.pool.query(
      `insert into sessions (public_id, charger_id, site_id, connector_number, id_tag, status, started_at, stopped_at)
       select md5(random()::text), $1, $2, 1, 'MANY', 'ended', '2020-03-01'::timestamptz + n * interval '1 minute',
              '2020-03-01'::timestamptz + n * interval '1 minute' from generate_series(1, 10001) n`,
      [chargerA, siteA],
    )
    const careful = await app.person('careful', [{ role: 'super-admin' }])
    const file = (to: string) =>
      ask(careful, 'charging-sessions', `from=2020-03-01&to=${to}&format=csv`)
    expect((await file('2020-03-31')).status).toBe(200)
    const post = (path: string, body: object) =>
      app.call('POST', `/api/users/${path}`, { as: careful, body })
    const { body } = await post('second-factor/begin', { password })
    const secret = String(body['secret'])
    await post('second-factor/confirm', { code: codeAt(secret, stepAt(new Date()) - 1) })
    await app.pool.query(`update telemetry.logins set proved_at = now() - interval '6 minutes'`)
    const refused = await file('2020-03-31')
    expect([refused.status, refused.body['code']]).toEqual([403, 'step-up-required'])
    // a small one is no copy of the business
    expect((await file('2020-03-02')).status).toBe(200)
    await post('step-up', { code: codeAt(secret, stepAt(new Date())) })
    const taken = await file('2020-03-31')
    expect(taken.status).toBe(200)
    expect(taken.text).toMatch(/10001 rows/)
  })
})

describe('Fleet Usage', () => {
  const may = 'from=2026-05-01&to=2026-05-31'
  let fleet: number
  let group: number

  beforeAll(async () => {
    const make = async (slug: string, body: object) =>
      Number((await app.call('POST', `/api/${slug}?depth=0`, { as: admin, body })).body.doc?.id)
    fleet = await make('fleets', { name: 'Parcel vans', site: siteA })
    group = await make('price-groups', { name: 'Staff', pricing: 'free', sites: [siteA] })
    const vehicle = await make('vehicles', { registration: 'AB12 CDE', name: 'Van 3', fleet })
    const card = await make('rfid-cards', { uid: '04A2B3C4D5E680', label: 'Van card', vehicle })
    const first = await charge({ startedAt: '2026-05-04T08:00:00Z', minutes: 60, energyWh: 20_001 })
    const second = await charge({
      startedAt: '2026-05-05T08:00:00Z',
      minutes: 30,
      energyWh: 5_000,
      currency: 'EUR',
      costMinor: 300,
    })
    await charge({ startedAt: '2026-05-06T08:00:00Z', minutes: 30, energyWh: 7_000 })
    await app.pool.query(
      `update sessions set card_id = $1, driver_id = null, price_group_id = $2, correction_wh = case when id = $3 then -1 end,
              correction_minor = case when id = $3 then -50 end where id = any($4)`,
      [card, group, first, [first, second]],
    )
  })

  test('counts the sessions of its vehicles, corrections included, by currency', async () => {
    const { body } = await ask(admin, 'fleet-usage', `${may}&groupBy=vehicle`)
    expect(body['rows']).toEqual([
      ['Parcel vans', 'Van 3', 1, 0, 5_000, 300, 42, 'EUR'],
      ['Parcel vans', 'Van 3', 1, 0, 20_000, 200, 42, 'GBP'],
    ])
    expect(body['totals']).toMatchObject({ rows: 2, sums: { sessions: 2, energyWh: 25_000 } })
    const csv = await ask(admin, 'fleet-usage', `${may}&groupBy=fleet&format=csv`)
    expect(csv.text).toContain('Parcel vans,1,0:00:00,20.000,2.00,0.42,GBP')
  })

  test('says nothing to a site owner, who may not know who charged', async () => {
    const { body } = await ask(owner, 'fleet-usage', may)
    expect(body['rows']).toEqual([])
  })

  test('a price group is a filter and a split of the other reports', async () => {
    const filtered = await ask(admin, 'charging-sessions', `${may}&priceGroup=${group}`)
    expect(filtered.body['totals']).toMatchObject({ rows: 2, sums: { energyWh: 25_000 } })
    expect(filtered.body['subtitle']).toBe('Price group Staff')
    const split = await ask(admin, 'energy-usage', `${may}&unit=month&groupBy=priceGroup`)
    expect(split.body['rows']).toEqual([
      ['2026-05', 'No group', 7_000, 1],
      ['2026-05', 'Staff', 25_001, 2],
    ])
    // it is not the operator's own group, and the technician's business not at all
    expect((await ask(operator, 'charging-sessions', `${may}&priceGroup=${group}`)).status).toBe(
      404,
    )
    expect((await ask(owner, 'charging-sessions', `${may}&priceGroup=${group}`)).status).toBe(404)
  })
})
