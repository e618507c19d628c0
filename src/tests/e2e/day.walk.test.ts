import type { Browser, Page } from 'playwright-core'

import { openBrowser, visit, type Visitor } from '../helpers/browser'
import { hungryCar, startDemoProduct, type DemoProduct } from '../helpers/demoProduct'

/**
 * The operator's day: rows of FEATURES "Watch", "Act" and "Manage" as a person does them, word by word where the FAQ
 * sends them, on the demo network with real simulated chargers.
 */

let product: DemoProduct
let browser: Browser
let ada: Visitor
let page: Page
const card = '04D10000000001'

beforeAll(async () => {
  ;[product, browser] = await Promise.all([startDemoProduct(), openBrowser()])
  ada = await visit(browser, { ...product.admin, url: product.url })
  page = ada.page
  await ada.rest('/rfid-cards', { uid: card, label: 'Ada’s card' })
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await product?.close()
})

const home = (identity: string, tab = '') =>
  `/admin/collections/chargers/${product.idOf(identity)}${tab}`
const charger = (identity: string) => product.charger(identity)
const connectorOf = (identity: string, number = 1) => charger(identity).connectors[number - 1]!
const button = (name: string | RegExp, within: Page = page) => within.getByRole('button', { name })
const dialog = () => page.getByRole('dialog')

async function act(item: string | RegExp): Promise<void> {
  await button('Actions').click()
  await page.getByRole('menuitem', { name: item }).first().click()
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('not within 20 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('Watch', () => {
  test('W4 the map leads from a site to its charger, without any tile server', async () => {
    await ada.open('/admin/map')
    await page.locator('.cpms-map-site', { hasText: 'Bristol' }).click()
    await page.locator('.cpms-map-card').getByRole('link', { name: 'Waterfront 2' }).click()
    await page.waitForURL(new RegExp(`/chargers/${product.idOf('BRISTOL-02')}$`))
  })

  test('W5 Status & event log says the fault in words, what to try, and keeps the vendor’s code', async () => {
    await connectorOf('LEEDS-01').fail('ConnectorLockFailure', 'Latch does not close', 'L-17')
    await ada.open(home('LEEDS-01'))
    await page.getByRole('link', { name: 'Status & event log' }).click()
    const fault = page.locator('.cpms-line', { hasText: 'L-17' }).first()
    await fault.waitFor()
    expect(await fault.textContent()).toMatch(/lock/i)
    expect(await fault.locator('li').count()).toBeGreaterThan(0)
    await connectorOf('LEEDS-01').repair()
    await page.locator('.cpms-line', { hasText: 'Available' }).first().waitFor()
  })

  test('W7 overheating rings the bell, can be acknowledged, and resolves itself when it is over', async () => {
    await ada.open('/admin/collections/alerts')
    await connectorOf('BRISTOL-01').fail('HighTemperature', 'Cabinet 91 °C', 'T-2')
    const row = page.locator('tr[data-alert]', { hasText: 'Waterfront 1' })
    await row.waitFor()
    await button(/^Alerts, \d+ new$/).waitFor()
    await row.getByRole('button', { name: /^Acknowledge/ }).click()
    await row.getByText('being looked at').waitFor()
    await connectorOf('BRISTOL-01').repair()
    await until(async () => {
      const { docs } = await ada.rest<{ docs: { autoResolved?: boolean }[] }>(
        `/alerts?where[charger][equals]=${product.idOf('BRISTOL-01')}&where[status][equals]=resolved&depth=0`,
      )
      return docs.some(({ autoResolved }) => autoResolved)
    })
  })

  test('W8 a charger that drops off the line is Offline, and the page says what that means and what to check', async () => {
    await ada.open(home('BRISTOL-03'))
    charger('BRISTOL-03').goOffline()
    await page.locator('.cpms-head .cpms-pill', { hasText: 'Offline' }).waitFor()
    await page.getByText(/not connected to the system any more/).waitFor()
    await page.getByText(/Try checking the\s+charger’s lights or screen, and restart it/).waitFor()
    charger('BRISTOL-03').goOnline()
    await page.locator('.cpms-head .cpms-pill', { hasText: 'Available' }).waitFor()
  })
})

describe('Act', () => {
  test('A1 a charge is started from the charger and stopped from the live sessions; both end with what was seen', async () => {
    await connectorOf('MAYFIELD-01').plugIn(hungryCar)
    await ada.open(home('MAYFIELD-01'))
    await act(/^Start/)
    await dialog().getByLabel('RFID card').fill(card)
    await dialog().getByRole('button', { name: 'Start' }).click()
    await page.getByText('Charging started').waitFor()
    await ada.open('/admin/live-sessions')
    const row = page.locator('tr[data-session]', { hasText: 'Ultra 1' })
    await row.getByRole('button', { name: 'Stop' }).click()
    await row.waitFor({ state: 'detached' })
    expect(connectorOf('MAYFIELD-01').transaction()).toBeNull()
    await connectorOf('MAYFIELD-01').unplug()
  })

  test('A2 Soft Reset is explained, confirmed, followed while it reboots, and ends with the charger back', async () => {
    await ada.open(home('MAYFIELD-02'))
    await act(/^Hard Reset/)
    await dialog()
      .getByText(/cuts and restores power, like unplugging a device/)
      .waitFor()
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    await act(/^Soft Reset/)
    await dialog()
      .getByText(/restarts the software, like refreshing an app/)
      .waitFor()
    await dialog().getByRole('button', { name: 'Soft Reset' }).click()
    await page.getByText(/Rebooting…/).waitFor()
    await page
      .getByText(/^Back after/)
      .first()
      .waitFor()
  })

  test('A3 a cable is unlocked; a connector is locked, stays locked over a reconnect, and is unlocked', async () => {
    const identity = 'MAYFIELD-03'
    await ada.open(home(identity))
    await act(/^Unlock cable/)
    await dialog().getByRole('button', { name: 'Unlock cable' }).click()
    await page.locator('[data-command][data-status="effective"]').first().waitFor()
    await act(/^Lock connector/)
    await dialog().getByRole('button', { name: 'Lock' }).click()
    const pill = page.locator('[data-connector="1"] .cpms-pill').first()
    await pill.filter({ hasText: 'Unavailable' }).waitFor()
    charger(identity).goOffline()
    await page.locator('.cpms-head .cpms-pill', { hasText: 'Offline' }).waitFor()
    charger(identity).goOnline()
    await pill.filter({ hasText: 'Unavailable' }).waitFor()
    await act(/^Unlock connector/)
    await pill.filter({ hasText: 'Available' }).waitFor()
  })

  test('A4 settings are read and changed and read back; diagnostics are asked for, uploaded and downloaded', async () => {
    await ada.open(home('BRISTOL-02', '/configuration'))
    await button(/Read the settings|Read again/).click()
    await button('Change HeartbeatInterval').click()
    await dialog().getByLabel('New value').fill('123')
    await dialog().getByRole('button', { name: 'Change' }).click()
    await page
      .locator('.cpms-settings tr', { hasText: 'HeartbeatInterval' })
      .getByText('123')
      .waitFor()

    await ada.open(home('BRISTOL-02', '/commands'))
    await button('Get diagnostics').click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page
        .locator('tr[data-state="uploaded"]')
        .getByRole('link', { name: 'Download' })
        .click({ timeout: 30_000 }),
    ])
    expect(file.suggestedFilename()).not.toBe('')
  })

  test('A5 firmware is uploaded and pushed now: Update in Progress until the charger reports the new version', async () => {
    await ada.open(home('BRISTOL-03'))
    await page.getByRole('link', { name: 'Firmware Update' }).click()
    await button('Upload an image').click()
    await page.locator('input[name="file"]').setInputFiles({
      name: 'ac22-9.9.1.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(64_000, 7),
    })
    await page.locator('input[name="version"]').fill('9.9.1')
    await button('Upload').click()
    await page.locator('input[name="image"]').first().waitFor()
    await button('Start the update').click()
    await page.waitForURL(/firmware-updates\/\d+/)
    await page
      .getByText(/Update in Progress/i)
      .first()
      .waitFor()
    await until(() => charger('BRISTOL-03').firmwareVersion() === '9.9.1')
    await page
      .getByText(/Installed/)
      .first()
      .waitFor()
  }, 90_000)

  test('A6 Chargers > Edit Name renames in place', async () => {
    await ada.open('/admin/collections/chargers?search=CANARY-01')
    await button('Edit name of Ultra North').click()
    await dialog().getByLabel('Name').fill('Villa Charger')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Villa Charger' }).waitFor()
    const { name } = await ada.rest<{ name: string }>(`/chargers/${product.idOf('CANARY-01')}`)
    expect(name).toBe('Villa Charger')
  })

  test('A7 Submit ticket is prefilled with the charger one looks at; staff answer it', async () => {
    await ada.open(home('CANARY-02'))
    await button('Help').click()
    await page.getByRole('link', { name: 'Submit ticket' }).click()
    await page.waitForURL(/tickets\/create/)
    await page.locator('#field-charger', { hasText: 'Ultra South' }).waitFor()
    await page.locator('#field-subject').fill('The screen is dark')
    await page.locator('[data-lexical-editor]').first().click()
    await page.keyboard.type('It charges, but shows nothing.')
    await button('Save').click()
    await page.waitForURL(/tickets\/\d+/)
    await page.locator('[data-lexical-editor]').first().click()
    await page.keyboard.type('We come on Monday.')
    await button('Send reply').click()
    await page.getByText('We come on Monday.').first().waitFor()
  })
})

describe('Manage', () => {
  test('M1 a site is added with its place and opening hours, and found by its name', async () => {
    await ada.open('/admin/collections/sites/create')
    await until(async () => {
      await page.locator('#field-name').fill('')
      await page.locator('#field-name').fill('Harbour Walk')
      await page.waitForTimeout(300)
      return page.getByRole('heading', { name: 'Harbour Walk' }).first().isVisible()
    })
    await page.locator('#field-address').fill('1 Quay Street, Hull')
    await page.locator('#field-latitude').fill('53.74')
    await page.locator('#field-longitude').fill('-0.33')
    await button('Save').click()
    await page.waitForURL(/sites\/\d+/)
    await ada.open('/admin/collections/sites?search=Harbour%20Walk')
    await page.getByRole('link', { name: 'Harbour Walk' }).waitFor()
  })

  test('M2 a charger that knocks unregistered is adopted by one click, told its address and password once, and appears connected', async () => {
    const { RPCClient } = await import('ocpp-rpc')
    const knock = (secret: string) =>
      new RPCClient({
        endpoint: product.ocppUrl,
        identity: 'SN-77001',
        password: secret,
        protocols: ['ocpp1.6'],
        strictMode: true,
        reconnect: false,
      } as never)
    await expect(knock('guessing-guessing').connect()).rejects.toThrow()
    await ada.open('/admin/connection-doctor')
    await page
      .getByRole('region', { name: 'SN-77001' })
      .getByRole('link', { name: 'Register this charger' })
      .click()
    await page.locator('input[name="name"]').fill('Quay Rapid')
    await page.locator('select[name="site"]').selectOption({ index: 1 })
    expect(await page.locator('input[name="identity"]').inputValue()).toBe('SN-77001')
    await page.locator('form button[type="submit"]').click()
    await page.getByText(`${product.ocppUrl}/SN-77001`).first().waitFor()
    const codes = await page.locator('code').allTextContents()
    const secret = codes.find((text) => text.length >= 16 && !text.includes('/'))!
    const client = knock(secret)
    await client.connect()
    await client.call('BootNotification', { chargePointVendor: 'New', chargePointModel: 'One' })
    await page.getByText('Quay Rapid is connected and shows on the dashboard.').waitFor()
    await client.close({ force: true })
  })

  test('M3 Private Mode refuses a card that is not named, Public takes it', async () => {
    const identity = 'BRINDLEY-01'
    await ada.open(home(identity, '/access'))
    await page.getByLabel(/Private Mode/).check()
    await page.getByText('Hidden; only these people, groups and cards.').waitFor()
    const { doc } = await ada.rest<{ doc: { id: number } }>('/fleets', { name: 'Night shift' })
    await ada.rest(`/chargers/${product.idOf(identity)}`, { approvedFleets: [doc.id] }, 'PATCH')
    await until(async () => (await connectorOf(identity).presentCard(card)) === 'refused')
    await ada.open(home(identity, '/access'))
    await page.getByLabel(/^\s*Public/).click()
    await until(async () => {
      const said = await connectorOf(identity, 2).presentCard(card)
      return said === 'awaiting' || said === 'started'
    })
  })

  test('M4 Add Card makes the card and its new user in one form; blocked, it is refused on the next tap', async () => {
    const uid = '04AA11BB22CC33'
    await ada.open('/admin/collections/rfid-cards')
    await page.getByRole('link', { name: 'Add Card' }).click()
    await page.waitForURL(/rfid-cards\/create/)
    await page.locator('html[data-cpms-live]').waitFor()
    await until(async () => {
      await page.locator('#field-uid').fill('')
      await page.locator('#field-uid').fill(uid)
      await page.waitForTimeout(300)
      return page.getByRole('heading', { name: uid }).first().isVisible()
    })
    await page.getByLabel('Create a new user').check({ force: true })
    await page.locator('#field-newDriver__name').fill('Nora Newcomer')
    await page.locator('#field-newDriver__email').fill('nora@example.test')
    await button('Save').click()
    await page.waitForURL(/rfid-cards\/\d+/)
    const tap = () => connectorOf('CARDIFF-01').presentCard(uid)
    expect(await tap()).toBe('awaiting')
    await button(/^Block/)
      .first()
      .click()
    await page.getByText(/refused from its next tap on/).waitFor()
    await until(async () => {
      const said = await connectorOf('CARDIFF-02').presentCard(uid)
      return said === 'refused'
    })
  })

  test('M5 a fleet shows its members and what it used', async () => {
    const { docs } = await ada.rest<{ docs: { id: number }[] }>(
      '/rfid-cards?limit=1&sort=-updatedAt',
    )
    const { doc } = await ada.rest<{ doc: { id: number } }>('/fleets', { name: 'Harbour vans' })
    await ada.rest(`/rfid-cards/${docs[0]!.id}`, { fleet: doc.id }, 'PATCH')
    await ada.open(`/admin/collections/fleets/${doc.id}`)
    await page.getByText('Harbour vans').first().waitFor()
    await page.getByText(/kWh/).first().waitFor()
  })
})
