import { RPCClient } from 'ocpp-rpc'
import { chromium, type Browser, type Page } from 'playwright-core'

import { startProduct, type Product } from '../helpers/product'

/**
 * The main job through the panel, with a charge point none of us wrote: an operator adds a charger and is told its
 * password once, watches its pill follow it, starts a charge, watches it, stops it; the session stands with its kWh.
 */

const card = '04A2B3C4D5E680'
const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

let product: Product
let browser: Browser
let page: Page
const problems: string[] = []

beforeAll(async () => {
  product = await startProduct()
  browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => problems.push(String(error)))
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await product?.close()
})

type Point = {
  client: InstanceType<typeof RPCClient>
  call<T>(action: string, payload: object): Promise<T>
  status(status: string): Promise<unknown>
  meter(transactionId: number, wh: number, powerW: number): Promise<unknown>
}

/** A foreign charge point that does what it is asked: it accepts, and then really starts and stops. */
async function plugIn(identity: string, password: string): Promise<Point> {
  const client = new RPCClient({
    endpoint: product.ocppUrl,
    identity,
    password,
    protocols: ['ocpp1.6'],
    strictMode: true,
    reconnect: false,
  } as never)
  const call = <T>(action: string, payload: object) => client.call(action, payload) as Promise<T>
  const status = (word: string) =>
    call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: word })
  const now = () => new Date().toISOString()
  let meterWh = 10_000
  const point: Point = {
    client,
    call,
    status,
    meter(transactionId, wh, powerW) {
      meterWh = wh
      return call('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [
          {
            timestamp: now(),
            sampledValue: [
              { value: String(wh), unit: 'Wh' },
              { value: String(powerW), measurand: 'Power.Active.Import', unit: 'W' },
            ],
          },
        ],
      })
    },
  }
  let transactionId = 0
  client.handle('RemoteStartTransaction', (async ({ params }: { params: { idTag: string } }) => {
    setTimeout(() => void start(params.idTag), 50)
    return { status: 'Accepted' }
  }) as never)
  client.handle('RemoteStopTransaction', (async () => {
    setTimeout(() => void stop(), 50)
    return { status: 'Accepted' }
  }) as never)
  client.handle((async () => ({ status: 'Accepted' })) as never)
  async function start(idTag: string): Promise<void> {
    const begin = { connectorId: 1, idTag, meterStart: meterWh, timestamp: now() }
    const answer = await call<{ transactionId: number }>('StartTransaction', begin)
    transactionId = answer.transactionId
    await status('Charging')
  }
  async function stop(): Promise<void> {
    await call('StopTransaction', {
      transactionId,
      meterStop: meterWh,
      timestamp: now(),
      reason: 'Remote',
    })
    await status('Available')
  }
  await client.connect()
  await call('BootNotification', { chargePointVendor: 'Foreign', chargePointModel: 'RPC' })
  await status('Available')
  return point
}

const rest = async <T>(path: string, body?: object): Promise<T> => {
  // The cookie counts only beside the Origin of our own page.
  const headers = { Origin: product.url }
  const answer = body
    ? await page.request.post(`${product.url}/api${path}`, { headers, data: body })
    : await page.request.get(`${product.url}/api${path}`, { headers })
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
  return (await answer.json()) as T
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000
  while (!(await isSo())) if (Date.now() > end) throw new Error('not within 15 s')
}

/** Opens a page and waits until it is alive. */
async function open(path: string): Promise<void> {
  await page.goto(`${product.url}${path}`)
  await page.locator('html[data-cpms-live]').waitFor()
}

/** How long until the page shows it, asked by the page itself each frame and not by us over the wire. */
async function shownAfter(
  selector: string,
  text: string,
  cause: () => Promise<unknown>,
): Promise<number> {
  const shown = page.evaluate(
    ([where, what]) =>
      new Promise<number>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${where} never said ${what}`)), 10_000)
        const look = () => {
          if (document.querySelector(where!)?.textContent?.includes(what!)) {
            clearTimeout(late)
            resolve(Date.now())
          } else requestAnimationFrame(look)
        }
        look()
      }),
    [selector, text],
  )
  const from = Date.now()
  await cause()
  return (await shown) - from
}

let identityPassword = ''
let point: Point
let chargerId = 0

test('G1 a person logs in, and the login page offers Forgot Password', async () => {
  await open('/admin')
  await page.getByRole('link', { name: 'Forgot Password' }).waitFor()
  await page.getByLabel('E-mail').fill(product.admin.email)
  await page.getByLabel('Password', { exact: true }).fill(product.admin.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
  await page.getByText('No chargers yet').waitFor()
})

test('M2 a new charger ends with its address and a password that is shown once', async () => {
  await rest('/tariffs', { name: 'Standard', currency: 'GBP', energyRateMicros: 450_000 })
  const { docs } = await rest<{ docs: { id: number }[] }>('/tariffs')
  await rest('/sites', { name: 'Riverside', timezone: 'Europe/London', tariff: docs[0]!.id })
  await rest('/rfid-cards', { uid: card, status: 'active' })

  await open('/admin/collections/chargers')
  await page.getByRole('heading', { name: 'Add your first charger' }).waitFor()
  await open('/admin/collections/chargers/create')
  // A form that is not alive yet forgets what was typed: the title and the address below say that it has heard.
  const hasHeard = page
    .getByRole('heading', { name: 'Bay 3' })
    .and(page.locator('.doc-header__title'))
  const address = page.locator('code', { hasText: '/KP-03' })
  await until(async () => {
    await page.locator('#field-name').fill('')
    await page.locator('#field-name').fill('Bay 3')
    await page.locator('#field-identity').fill('')
    await page.locator('#field-identity').fill('KP-03')
    await page.waitForTimeout(300)
    return (await hasHeard.isVisible()) && (await address.isVisible())
  })
  await page.locator('#field-site').click()
  await page.locator('.rs__option', { hasText: 'Riverside' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Connect Bay 3').waitFor()
  const values = await dialog.locator('code').allTextContents()
  expect(values[0]).toBe(`${product.ocppUrl}/KP-03`)
  identityPassword = values[2] ?? ''
  expect(identityPassword.length).toBeGreaterThanOrEqual(16)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.waitForURL(/\/chargers\/\d+$/)
  chargerId = Number(/(\d+)$/.exec(page.url())?.[1])
  await page.getByText('This charger has not connected yet.').waitFor()
})

test('W1 the pill in the open list follows the charger within 1 s, without a reload', async () => {
  point = await plugIn('KP-03', identityPassword)
  await open('/admin/collections/chargers')
  const pill = '.cpms-pill-link .cpms-pill'
  await page.locator(pill, { hasText: 'Available' }).waitFor()
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await page.waitForTimeout(1_000)
  const times: number[] = []
  for (const [status, label] of [
    ['Faulted', 'Faulted'],
    ['Available', 'Available'],
    ['SuspendedEV', 'Paused by vehicle'],
    ['Preparing', 'Preparing'],
  ] as const)
    times.push(await shownAfter(pill, label, () => point.status(status)))
  process.stdout.write(`StatusNotification to pixel: ${times.join(', ')} ms\n`)
  expect(Math.max(...times)).toBeLessThan(1_000)
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
})

test('A1 a charge is started from the page, shown while it runs, and stopped; its session has the kWh', async () => {
  await open(`/admin/collections/chargers/${chargerId}`)
  await page.getByRole('button', { name: 'Actions' }).click()
  await page.getByRole('menuitem', { name: /^Start/ }).click()
  await page.getByRole('dialog').getByLabel('RFID card').fill(card)
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await page.getByText('Charging started').waitFor()
  const connector = page.locator('[data-connector="1"]')
  await connector.getByRole('button', { name: 'Stop' }).waitFor()

  const running = await rest<{ docs: { id: number; transactionId: number }[] }>(
    '/sessions?where[status][equals]=charging',
  )
  const { id, transactionId } = running.docs[0]!
  const ms = await shownAfter('[data-connector="1"]', '2.500', () =>
    point.meter(transactionId, 12_500, 7_200),
  )
  process.stdout.write(`MeterValues to pixel: ${ms} ms\n`)
  expect(ms).toBeLessThan(2_500)
  await connector.getByText('7.2').waitFor()
  await connector.getByText('£1.13').or(connector.getByText('£1.12')).waitFor()

  await connector.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('Charging ended').waitFor()
  await connector.getByText('Free and ready').waitFor()
  await page.getByRole('heading', { name: 'Last sessions' }).waitFor()

  await open(`/admin/collections/sessions/${id}`)
  await page.getByText('Stopped remotely.').waitFor()
  await page.getByText('Total to pay').waitFor()
  const session = await rest<Record<string, unknown>>(`/sessions/${id}?depth=0`)
  expect(session).toMatchObject({
    energyWh: 2_500,
    stopReason: 'Remote',
    status: 'ended',
    currency: 'GBP',
  })
})

test('a worker that dies is said within 5 s, and when it is back the page is up to date', async () => {
  await open('/admin/collections/chargers')
  const pill = page.locator('.cpms-pill-link .cpms-pill')
  await pill.waitFor()
  await page.waitForTimeout(1_500)
  const bar = page.locator('.cpms-live-bar[data-shown="true"]')
  const from = Date.now()
  await product.kill('worker')
  await bar.waitFor()
  expect(Date.now() - from).toBeLessThan(5_000)
  expect(await bar.textContent()).toMatch(
    /^Live updates paused, reconnecting · data of \d\d:\d\d:\d\d$/,
  )
  await point.status('Faulted')
  await product.start('worker')
  await bar.waitFor({ state: 'detached' })
  await pill.filter({ hasText: 'Faulted' }).waitFor()
})

test('no page threw anything', async () => {
  await point?.client.close({ force: true })
  expect(problems).toEqual([])
})
