import { hungryCar } from '../../helpers/demoProduct'
import { card, type Day } from './stage'

export function act(day: Day): void {
  test('A1 a charge is started from the charger and stopped from the live sessions; both end with what was seen', async () => {
    const { ada, page, home, connectorOf, dialog } = day
    const connector = connectorOf('MAYFIELD-01')
    await connector.plugIn(hungryCar)
    await ada.open(home('MAYFIELD-01'))
    await day.act(/^Start/)
    await dialog().getByLabel('RFID card').fill(card)
    await dialog().getByRole('button', { name: 'Start' }).click()
    await page.getByText('Charging started').waitFor()
    await ada.open('/admin/live-sessions')
    const row = page.locator('tr[data-session]', { hasText: 'Ultra 1' })
    await row.getByRole('button', { name: 'Stop' }).click()
    await row.waitFor({ state: 'detached' })
    expect(connector.transaction()).toBeNull()
    await connector.unplug()
  })

  test('A2 Soft Reset is explained, confirmed, followed while it reboots, and ends with the charger back', async () => {
    const { ada, page, home, dialog } = day
    await ada.open(home('MAYFIELD-02'))
    await day.act(/^Hard Reset/)
    await dialog()
      .getByText(/cuts and restores power, like unplugging a device/)
      .waitFor()
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    await day.act(/^Soft Reset/)
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
    const { ada, page, home, charger, dialog, headPill } = day
    const identity = 'MAYFIELD-03'
    await ada.open(home(identity))
    await day.act(/^Unlock cable/)
    await dialog().getByRole('button', { name: 'Unlock cable' }).click()
    await page.locator('[data-command][data-status="effective"]').first().waitFor()
    await day.act(/^Lock connector/)
    await dialog().getByRole('button', { name: 'Lock' }).click()
    const pill = page.locator('[data-connector="1"] .cpms-pill').first()
    await pill.filter({ hasText: 'Unavailable' }).waitFor()
    charger(identity).goOffline()
    await headPill('Offline').waitFor()
    charger(identity).goOnline()
    await headPill('Offline').waitFor({ state: 'detached' })
    await pill.filter({ hasText: 'Unavailable' }).waitFor()
    await day.act(/^Unlock connector/)
    await pill.filter({ hasText: 'Available' }).waitFor()
  })

  test('A4 settings are read and changed and read back; diagnostics are asked for, uploaded and downloaded', async () => {
    const { ada, page, home, button, dialog } = day
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
      page.locator('tr[data-state="uploaded"]').getByRole('link', { name: 'Download' }).click(),
    ])
    expect(file.suggestedFilename()).not.toBe('')
  })

  test('A5 firmware is uploaded and pushed now: Update in Progress until the charger reports the new version', async () => {
    const { ada, page, home, button, charger } = day
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
    const step = (words: string) => page.locator('td .cpms-pill', { hasText: words }).waitFor()
    await step('Update in Progress')
    await step('Installed')
    expect(charger('BRISTOL-03').firmwareVersion()).toBe('9.9.1')
  })

  test('A6 Chargers > Edit Name renames in place', async () => {
    const { ada, page, product, button, dialog } = day
    await ada.open('/admin/collections/chargers?search=CANARY-01')
    await button('Edit name of Ultra North').click()
    await dialog().getByLabel('Name').fill('Villa Charger')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Villa Charger' }).waitFor()
    const { name } = await ada.rest<{ name: string }>(`/chargers/${product.idOf('CANARY-01')}`)
    expect(name).toBe('Villa Charger')
  })

  test('A7 Submit ticket is prefilled with the charger one looks at; staff answer it', async () => {
    const { ada, page, home, button } = day
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
}
