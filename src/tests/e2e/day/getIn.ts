import type { Page } from 'playwright-core'

import { visit } from '../../helpers/browser'
import { hungryCar } from '../../helpers/demoProduct'
import { card, type Day } from './stage'

export function getIn(day: Day): void {
  test('G4 at 375 px nothing is cut off, what one presses is as large as a thumb, and a charge is started and stopped', async () => {
    const { product, browser, home, connectorOf } = day
    const connector = connectorOf('MAYFIELD-02')
    await connector.plugIn(hungryCar)
    const { page, open, context } = await visit(browser, {
      ...product.admin,
      url: product.url,
      width: 375,
    })
    const tooLarge: string[] = []
    for (const path of [
      '/admin',
      '/admin/live-sessions',
      '/admin/collections/chargers?search=Ultra',
    ]) {
      await open(path)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      tooLarge.push(...(await misfits(page)).map((what) => `${path}: ${what}`))
    }
    await page.locator('.cell-status', { hasText: 'Preparing' }).waitFor()
    await page.getByRole('link', { name: 'Ultra 2' }).tap()
    await page.waitForURL(new RegExp(`${home('MAYFIELD-02')}$`))
    await page.getByRole('button', { name: 'Actions' }).tap()
    tooLarge.push(...(await misfits(page)).map((what) => `the charger’s page: ${what}`))
    await page.getByRole('menuitem', { name: /^Start/ }).tap()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('RFID card').fill(card)
    await dialog.getByRole('button', { name: 'Start' }).tap()
    const stop = page.locator('[data-connector="1"]').getByRole('button', { name: 'Stop' })
    await stop.waitFor()
    tooLarge.push(...(await misfits(page)).map((what) => `while it charges: ${what}`))
    await stop.tap()
    await stop.waitFor({ state: 'detached' })
    expect(connector.transaction()).toBeNull()
    expect(tooLarge).toEqual([])
    await connector.unplug()
    await context.close()
  })
}

/** What sticks out at the side, and what is too small for a thumb, once the page has come to rest. */
async function misfits(page: Page): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    const found = await misfitsNow(page)
    if (found.length === 0 || tries === 20) return found
    await page.waitForTimeout(100)
  }
}

function misfitsNow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - window.innerWidth
    const small = [
      ...document.querySelectorAll<HTMLElement>(
        'button.cpms-button, a.cpms-button, .cpms-menu-item, .cpms-chip',
      ),
    ]
      .filter((part) => part.offsetParent !== null && part.getBoundingClientRect().height < 44)
      .map((part) => `${part.textContent.trim()} is ${part.getBoundingClientRect().height} px high`)
    return [...(wide > 0 ? [`${wide} px too wide`] : []), ...small]
  })
}
