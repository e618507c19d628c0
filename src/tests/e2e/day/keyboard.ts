import type { Locator, Page } from 'playwright-core'

import { hungryCar } from '../../helpers/demoProduct'
import { card, type Day } from './stage'

export function byKeyboard(day: Day): void {
  test('from the login to a started and a stopped charge by the keyboard alone; one always sees where one is', async () => {
    const { product, browser, connectorOf } = day
    const connector = connectorOf('LEEDS-04')
    await connector.plugIn(hungryCar)
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(`${product.url}/admin/login`)
    await page.waitForFunction(() =>
      Object.keys(document.querySelector('input[name="password"]') ?? {}).some((key) =>
        key.startsWith('__reactProps'),
      ),
    )
    const { keyboard } = page
    await tabTo(page, page.locator('input[name="email"]'))
    await keyboard.type(product.admin.email)
    await tabTo(page, page.locator('input[name="password"]'))
    await keyboard.type(product.admin.password)
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor()

    await tabTo(page, page.getByRole('button', { name: 'Open Menu' }))
    await keyboard.press('Enter')
    await tabTo(page, page.locator('nav').getByRole('link', { name: 'Chargers', exact: true }))
    await keyboard.press('Enter')
    await page.waitForURL(/collections\/chargers/)
    await tabTo(page, page.getByRole('link', { name: 'Level 2, Bays 21–22' }))
    await keyboard.press('Enter')
    await page.waitForURL(/chargers\/\d+$/)

    const actions = page.getByRole('button', { name: 'Actions' })
    await tabTo(page, actions)
    await keyboard.press('Enter')
    await keyboard.press('Escape')
    await isFocused(actions)
    await keyboard.press('Enter')
    await isFocused(page.getByRole('menuitem', { name: /^Start/ }))
    await keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await isFocused(dialog.getByLabel('RFID card'))
    for (let i = 0; i < 8; i++) {
      await keyboard.press('Tab')
      const where = await page.evaluate(() => ({
        isInside: document.activeElement?.closest('dialog') !== null,
        isNowhere: document.activeElement === document.body,
      }))
      expect(where.isInside || where.isNowhere).toBe(true)
    }
    await keyboard.press('Escape')
    await isFocused(actions)

    await keyboard.press('Enter')
    await keyboard.press('Enter')
    await isFocused(dialog.getByLabel('RFID card'))
    await keyboard.type(card)
    await keyboard.press('Enter')
    await page.getByText('Charging started').waitFor()
    await isFocused(actions)
    await tabTo(page, page.locator('[data-connector="1"]').getByRole('button', { name: 'Stop' }))
    await keyboard.press('Enter')
    await page.getByText('Charging ended').waitFor()
    expect(connector.transaction()).toBeNull()
    await connector.unplug()
    await context.close()
  }, 300_000)
}

async function isFocused(what: Locator): Promise<void> {
  await what.and(what.page().locator(':focus')).waitFor()
}

/** The open menu, the head of the list and a dozen rows with four stops each. */
const mostPresses = 240

/** Presses Tab until `what` has the focus; each stop on the way has to be seen. */
async function tabTo(page: Page, what: Locator): Promise<void> {
  const unseen: string[] = []
  for (let presses = 0; presses < mostPresses; presses++) {
    if ((await what.and(page.locator(':focus')).count()) > 0) {
      expect(unseen).toEqual([])
      return
    }
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(whereFocusIsNotSeen)
    if (stop) unseen.push(stop)
  }
  throw new Error(`${String(what)} was not reached with Tab`)
}

/** The focused part, where it looks the same as without the focus. */
function whereFocusIsNotSeen(): string | null {
  const part = document.activeElement
  if (!(part instanceof HTMLElement) || part === document.body) return null
  const looks = () => {
    const chain = [part, part.parentElement, part.parentElement?.parentElement, ...part.children]
    return chain
      .map((one) => {
        if (!one) return ''
        const {
          outline,
          outlineOffset,
          boxShadow,
          borderColor,
          backgroundColor,
          color,
          textDecoration,
        } = getComputedStyle(one)
        const after = getComputedStyle(one, '::after')
        return [
          outline,
          outlineOffset,
          boxShadow,
          borderColor,
          backgroundColor,
          color,
          textDecoration,
          after.content,
          after.boxShadow,
          after.outline,
        ].join()
      })
      .join()
  }
  const focused = looks()
  part.blur()
  const unfocused = looks()
  part.focus({ preventScroll: true })
  return focused === unfocused ? part.outerHTML.slice(0, 160) : null
}
