/** The page behind a charger's code on a phone: sign in by the mailed link, start, follow, stop by the limit, receipt. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { chromium, type Browser, type Page } from 'playwright-core'

import { createCharger, type SimCharger } from '#ocpp/sim/charger'
import { createClock } from '#ocpp/sim/clock'
import { createApp, hearCards } from '@/api'
import { chargePage } from '@/api/page'
import { insertTariffVersion, tariffVersion } from '@/db/queries/tariffVersions'
import { fromFields } from '@/domain/tariff/fromFields'
import { tendCharges } from '@/jobs/definitions/driverCharges'
import { priceEndedSessions } from '@/jobs/definitions/priceSessions'
import { runningCost } from '@/jobs/definitions/runningCost'
import { payOnce } from '@/jobs/definitions/tendPayments'
import { createStripe } from '@/payments/stripe'
import { logFor } from '@/platform/log'
import { startChargerSide, type RunningChargerSide } from '../helpers/chargerSide'
import { mailedToken } from '../helpers/driverApp'
import { startStripe, webhookSecret, type StripeStandIn } from '../helpers/stripe'

const shots = process.env.CPMS_SHOTS
let side: RunningChargerSide
let server: Server
let stripe: StripeStandIn
let browser: Browser
let page: Page
let charger: SimCharger
let working: NodeJS.Timeout
let origin: string
let code: string
const problems: string[] = []
const car = {
  batteryWh: 60_000,
  acMaxW: 22_000,
  acPhases: 3,
  dcMaxW: 0,
  socPercent: 20,
  targetPercent: 100,
} as const

beforeAll(async () => {
  side = await startChargerSide({ chargers: 1, prefix: 'PAGE' })
  const { pool } = side
  const { rows } = await pool.query<{ id: number }>(
    `insert into tariffs (name, currency, energy_rate_micros) values ('Page', 'GBP', 450000) returning id`,
  )
  const tariff = fromFields({
    currency: 'GBP',
    energyRateMicros: 450_000,
    taxBasisPoints: 2_000,
    taxIncluded: true,
  })
  await insertTariffVersion(pool, tariffVersion(rows[0]!.id, tariff))
  await pool.query('update settings set default_tariff_id = $1, support_phone = $2', [
    rows[0]!.id,
    '+44 20 7946 0000',
  ])
  await pool.query(`update chargers set visibility = 'public', name = 'Parking Bay 3'`)
  await pool.query(`insert into drivers (name, email) values ('Ann', 'ann@example.test')`)
  charger = createCharger({
    ...side.chargers[0]!,
    url: side.role.url,
    model: 'AC22',
    seed: 1,
    clock: createClock({ speed: 60 }),
    sampleSeconds: 10,
    reconnectMs: 50,
  })
  charger.powerUp()
  await charger.whenOnline()
  for (code = ''; !code; await new Promise((done) => setTimeout(done, 100)))
    code =
      (
        await pool.query<{ code: string }>(
          `select cn.code from connectors cn join connector_states cs on cs.id = cn.state_id
            where connector_id = 1 and cs.status = 'Available'`,
        )
      ).rows[0]?.code ?? ''
  stripe = await startStripe()
  server = createServer((incoming, outgoing) => {
    void answer().catch(() => outgoing.destroy())
    async function answer(): Promise<void> {
      const body: Buffer[] = []
      for await (const chunk of incoming) body.push(chunk as Buffer)
      const headers = new Headers(incoming.headers as Record<string, string>)
      const method = incoming.method ?? 'GET'
      const gone = new AbortController()
      outgoing.once('close', () => gone.abort())
      const request = new Request(`${origin}${incoming.url}`, {
        method,
        headers,
        signal: gone.signal,
        body: method === 'GET' ? undefined : Buffer.concat(body),
      })
      const response = incoming.url?.startsWith('/api/') ? await app(request) : chargePage()
      outgoing.writeHead(response.status, Object.fromEntries(response.headers))
      for await (const chunk of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>)
        outgoing.write(chunk)
      outgoing.end()
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const cards = createStripe({
    secretKey: 'sk_test_x',
    webhookSecret,
    publishableKey: null,
    apiUrl: stripe.url,
    publicUrl: origin,
  })
  const app = createApp({ pool, cards })
  const context = { pool, now: () => new Date(), log: logFor('test') }
  let heard = 0
  const hear = async () => {
    for (const { body, signature } of stripe.events.slice(heard)) {
      heard++
      const headers = { 'stripe-signature': signature }
      const url = `${origin}/api/payments/stripe`
      const request = new Request(url, { method: 'POST', headers, body })
      await hearCards(request, { pool, cards, now: new Date() })
    }
  }
  working = setInterval(() => {
    void runningCost
      .run(context)
      .then(() => payOnce(cards, context))
      .then(hear)
      .then(() => priceEndedSessions(context))
      .then(() => tendCharges(context))
      .catch(() => {})
  }, 500)
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  })
  page = await browser.newPage({ viewport: { width: 375, height: 760 } })
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => problems.push(String(error)))
}, 120_000)

afterAll(async () => {
  clearInterval(working)
  await browser?.close()
  server?.closeAllConnections()
  server?.close()
  await stripe?.close()
  await charger?.end()
  await side?.close()
})

const shot = async (name: string) => {
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375)
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` })
}

/** The charger's page, once nobody charges there any more. */
async function openFree(guest: Page): Promise<void> {
  const isFree = () =>
    guest
      .getByText('Available', { exact: true })
      .waitFor({ timeout: 2_000 })
      .then(
        () => true,
        () => false,
      )
  do await guest.goto(`${origin}/charge/${code}`)
  while (!(await isFree()))
}

test('a code, a password by mail, a start with a limit, live figures, a receipt; nothing wider than the phone', async () => {
  await page.goto(`${origin}/charge/NOCODE99`)
  await page.getByText('No charger has this code').waitFor()
  await shot('1-no-code')
  await page.getByLabel('Code').fill(code.toLowerCase())
  await page.getByRole('button', { name: 'Find the charger' }).click()
  await page.getByText('Available').waitFor()
  await page.getByText('£0.45 per kWh').waitFor()
  await shot('2-charger')

  await page.getByRole('button', { name: 'Forgot password' }).click()
  await page.getByLabel('E-mail').fill('ann@example.test')
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.getByText('Look into your mail').waitFor()
  const token = await mailedToken(side.pool, 'ann@example.test')
  await page.goto(`${origin}/charge/account?reset=${token}`)
  await page.getByLabel('New password').fill('a long one indeed')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByText('You are signed in').waitFor()

  await page.goto(`${origin}/charge/${code}`)
  await page.getByLabel('Charge').selectOption('5000')
  await shot('3-start')
  await page.getByRole('button', { name: 'Start charging' }).click()
  await page.getByText(/Asking the charger|Plug in your car|Starting/).waitFor()
  await shot('4-plug-in')
  await charger.connectors[0]!.plugIn(car)
  await page.getByRole('button', { name: 'Stop charging' }).waitFor()
  await page.getByText(/22\.0 kW/).waitFor()
  await shot('5-charging')
  await page.getByText(/^Receipt/).waitFor({ timeout: 40_000 })
  await shot('6-receipt')
  expect(await page.getByRole('row').last().innerText()).toMatch(/Total\s+£2\.\d\d/)
  await page.emulateMedia({ colorScheme: 'dark' })
  await shot('7-dark')
  expect(problems).toEqual([])
}, 120_000)

test('a guest charges without an account, where the network allows it, and sees the receipt', async () => {
  await charger.connectors[0]!.unplug()
  await side.pool.query('update settings set guest_charging = true')
  const guest = await browser.newPage({
    viewport: { width: 375, height: 760 },
    colorScheme: 'dark',
  })
  guest.setDefaultTimeout(20_000)
  guest.on('pageerror', (error) => problems.push(String(error)))
  await openFree(guest)
  await guest.getByText('Charge without an account').waitFor()
  if (shots) await guest.screenshot({ path: `${shots}/8-guest.png`, fullPage: true })
  expect(await guest.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375)
  await guest.getByRole('button', { name: 'Start charging' }).click()
  await guest.getByText(/Asking the charger|Plug in your car|Starting/).waitFor()
  await charger.connectors[0]!.plugIn(car)
  // a page that is opened again finds the charge again
  await guest.getByRole('button', { name: 'Stop charging' }).waitFor()
  await guest.reload()
  await guest.getByRole('button', { name: 'Stop charging' }).click()
  await guest.getByText(/^Receipt/).waitFor({ timeout: 40_000 })
  if (shots) await guest.screenshot({ path: `${shots}/9-guest-receipt.png`, fullPage: true })
  await guest.getByRole('button', { name: 'Back to the charger' }).click()
  await guest.getByText('Charge without an account').waitFor()
  expect(problems).toEqual([])
}, 120_000)

test('a guest pays by card on the provider’s page, comes back to the charge, and pays what it came to', async () => {
  await charger.connectors[0]!.unplug()
  await side.pool.query('update settings set billing_enabled = true, hold_minor = 2000')
  const guest = await browser.newPage({ viewport: { width: 375, height: 760 } })
  guest.setDefaultTimeout(20_000)
  guest.on('pageerror', (error) => problems.push(String(error)))
  await openFree(guest)
  await guest.getByText('You pay by card on a page of our payment provider.').waitFor()
  if (shots) await guest.screenshot({ path: `${shots}/10-guest-card.png`, fullPage: true })
  await guest.getByRole('button', { name: 'Pay by card and charge' }).click()
  await guest.getByRole('button', { name: 'Pay', exact: true }).click()
  await guest.waitForURL(`${origin}/charge/${code}`)
  await guest.getByText(/Asking the charger|Plug in your car|Starting/).waitFor()
  await charger.connectors[0]!.plugIn(car)
  await guest.getByRole('button', { name: 'Stop charging' }).click()
  await guest.getByText('Ended and paid').waitFor({ timeout: 40_000 })
  if (shots) await guest.screenshot({ path: `${shots}/11-guest-paid.png`, fullPage: true })
  const total = await guest.getByRole('row').last().innerText()
  expect(total).toContain(`£${(stripe.netMinor() / 100).toFixed(2)}`)
  expect(stripe.netMinor()).toBeGreaterThan(0)
  expect(problems).toEqual([])
}, 120_000)
