import { RPCClient } from 'ocpp-rpc'

import { visit } from '../../helpers/browser'
import { card, type Day } from './stage'

export function manage(day: Day): void {
  test('M1 a site is added with its place and opening hours, and found by its name', async () => {
    const { ada, page, button } = day
    await ada.open('/admin/collections/sites/create')
    await page.locator('#field-name').fill('Harbour Walk')
    await page.locator('#field-address').fill('1 Quay Street, Hull')
    await page.locator('#field-latitude').fill('53.74')
    await page.locator('#field-longitude').fill('-0.33')
    await page.locator('#field-openingHours').fill('Every day, 6 to 22')
    await button('Save').click()
    await page.waitForURL(/sites\/\d+/)
    await ada.open('/admin/collections/sites?search=Harbour%20Walk')
    await page.getByRole('link', { name: 'Harbour Walk' }).waitFor()
  })

  test('M2 a charger that knocks unregistered is adopted by one click, told its address and password once, and appears connected', async () => {
    const { ada, page, product } = day
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
    const sheet = page.getByRole('region', { name: 'For the installer' })
    await sheet.getByText(`${product.ocppUrl}/SN-77001`).waitFor()
    const [, , secret] = await sheet.locator('code').allTextContents()
    const client = knock(secret!)
    await client.connect()
    await client.call('BootNotification', { chargePointVendor: 'New', chargePointModel: 'One' })
    await page.getByText('Quay Rapid is connected and shows on the dashboard.').waitFor()
    await client.close({ force: true })
  })

  test('M3 Private Mode refuses a card that is not named, Public takes it', async () => {
    const { ada, page, product, home, connectorOf, said } = day
    const identity = 'BRINDLEY-01'
    await ada.open(home(identity, '/access'))
    await page.getByLabel(/Private Mode/).check()
    await said(/: Private Mode$/)
    const { doc } = await ada.rest<{ doc: { id: number } }>('/fleets', { name: 'Night shift' })
    await ada.rest(`/chargers/${product.idOf(identity)}`, { approvedFleets: [doc.id] }, 'PATCH')
    expect(await connectorOf(identity).presentCard(card)).toBe('refused')
    await page.getByLabel(/^\s*Public/).check()
    await said(/: Public$/)
    expect(await connectorOf(identity).presentCard(card)).toBe('awaiting')
  })

  test('M4 Add Card makes the card and its new user in one form; blocked, it is refused on the next tap', async () => {
    const { ada, page, button, connectorOf } = day
    const uid = '04AA11BB22CC33'
    await ada.open('/admin/collections/rfid-cards')
    await page.getByRole('link', { name: 'Add Card' }).click()
    await page.waitForURL(/rfid-cards\/create/)
    await page.getByRole('heading', { level: 1, name: 'Add Card' }).waitFor()
    // the answer about the UID arrives just after the next thing is chosen, as it does when one is quick
    let choose = () => {}
    const chosen = new Promise<void>((resolve) => (choose = resolve))
    await page.route(/rfid-cards\/create/, async (route) => {
      const answer = await route.fetch()
      await chosen
      await route.fulfill({ response: answer })
    })
    const asked = page.waitForRequest((request) => request.method() === 'POST')
    await page.locator('#field-uid').fill(uid)
    await asked
    await page.getByText('Create a new user').click()
    choose()
    await page.locator('#field-newDriver__name').fill('Nora Newcomer')
    await page.unroute(/rfid-cards\/create/)
    await page.locator('#field-newDriver__email').fill('nora@example.test')
    await button('Save').click()
    await page.waitForURL(/rfid-cards\/\d+/)
    expect(await connectorOf('CARDIFF-01').presentCard(uid)).toBe('awaiting')
    await button(/^Block/)
      .first()
      .click()
    await page.getByText(/refused from its next tap on/).waitFor()
    expect(await connectorOf('CARDIFF-02').presentCard(uid)).toBe('refused')
  })

  test('M5 a fleet shows its members and what it used', async () => {
    const { ada, page } = day
    const { docs } = await ada.rest<{ docs: { id: number }[] }>(
      '/rfid-cards?limit=1&sort=-updatedAt',
    )
    const { doc } = await ada.rest<{ doc: { id: number } }>('/fleets', { name: 'Harbour vans' })
    await ada.rest(`/rfid-cards/${docs[0]!.id}`, { fleet: doc.id }, 'PATCH')
    await ada.open(`/admin/collections/fleets/${doc.id}`)
    await page.getByText('Harbour vans').first().waitFor()
    await page.getByText(/kWh/).first().waitFor()
  })

  test('M6 a user is made with a role for one site and let in by a link that is shown once; there is nothing else to see', async () => {
    const { ada, page, product, browser, button, dialog } = day
    const email = 'olive@example.test'
    await ada.open('/admin/collections/users/create')
    await page.locator('#field-name').fill('Olive Operator')
    await page.locator('#field-email').fill(email)
    await page.getByText('Show me a link to pass on').click()
    const choose = async (field: string, option: string) => {
      await page.locator(`#field-grant__${field}`).click()
      await page.locator('.rs__option', { hasText: option }).first().click()
    }
    await choose('role', 'Operator')
    await choose('scope', 'Some sites')
    await choose('sites', 'Bristol')
    await button('Save').click()
    await dialog().getByText('A way in for Olive Operator').waitFor()
    const link = (await dialog().locator('code').textContent())!
    await dialog().getByRole('button', { name: 'Done' }).click()
    await page.waitForURL(/users\/\d+/)
    await page
      .getByText(/Operator · .*Bristol/)
      .first()
      .waitFor()

    const token = new URL(link).pathname.split('/').at(-1)
    const password = 'a pass phrase of her own'
    const set = await fetch(`${product.url}/api/users/reset-password`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: product.url },
      body: JSON.stringify({ token, password }),
    })
    expect(set.status).toBe(200)
    const olive = await visit(browser, { url: product.url, email, password })
    const seen = await olive.rest<{ docs: { identity: string }[] }>('/chargers?limit=100&depth=0')
    expect(seen.docs.length).toBeGreaterThan(0)
    expect(seen.docs.filter(({ identity }) => !identity.startsWith('BRISTOL'))).toEqual([])
    await olive.open('/admin/collections/sites')
    await olive.page.locator('.cell-name').first().waitFor()
    expect(await olive.page.locator('.cell-name').count()).toBe(1)
    await olive.context.close()
  })
}
