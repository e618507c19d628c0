/** What the rows of the operator's day share: one running product with the demo network, one person, one browser. */
import type { Browser, Locator, Page } from 'playwright-core'

import { openBrowser, visit, type Visitor } from '../../helpers/browser'
import { startDemoProduct, type DemoProduct } from '../../helpers/demoProduct'

export type Day = {
  product: DemoProduct
  browser: Browser
  ada: Visitor
  page: Page
  /** A charger's page, or one of its tabs (`/access`). */
  home(identity: string, tab?: string): string
  charger: DemoProduct['charger']
  connectorOf(
    identity: string,
    number?: number,
  ): ReturnType<DemoProduct['charger']>['connectors'][number]
  button(name: string | RegExp, within?: Page | Locator): Locator
  dialog(): Locator
  /** An item of the charger's menu "Actions". */
  act(item: string | RegExp): Promise<void>
  /** The pill in the head of a charger's page. */
  headPill(status: string): Locator
  /** What the panel says in passing, at its edge. */
  said(text: string | RegExp): Promise<void>
  end(): Promise<void>
}

/** A card that is good everywhere. */
export const card = '04D10000000001'

export async function beginDay(): Promise<Day> {
  const [product, browser] = await Promise.all([startDemoProduct(), openBrowser()])
  const ada = await visit(browser, { ...product.admin, url: product.url })
  await ada.rest('/rfid-cards', { uid: card, label: 'Ada’s card' })
  const { page } = ada
  const button: Day['button'] = (name, within = page) => within.getByRole('button', { name })
  return {
    product,
    browser,
    ada,
    page,
    home: (identity, tab = '') => `/admin/collections/chargers/${product.idOf(identity)}${tab}`,
    charger: product.charger,
    connectorOf: (identity, number = 1) => product.charger(identity).connectors[number - 1]!,
    button,
    dialog: () => page.getByRole('dialog'),
    async act(item) {
      await button('Actions').click()
      await page.getByRole('menuitem', { name: item }).first().click()
    },
    headPill: (status) => page.locator('.cpms-head .cpms-pill', { hasText: status }),
    said: (text) => page.locator('[data-sonner-toast]').getByText(text).first().waitFor(),
    async end() {
      await browser.close()
      await product.close()
    },
  }
}

/** For what no page shows: asks until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('not within 20 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** How long from `cause` until `isShown` holds in the page, asked by the page itself and not by us over the wire. */
export async function shownAfter(
  tab: Page,
  [selector, text]: readonly [string, string],
  cause: () => Promise<unknown>,
): Promise<number> {
  const shown = tab.evaluate(
    ([where, what]) =>
      new Promise<number>((resolve, reject) => {
        const isShown = () =>
          [...document.querySelectorAll(where)].some((part) => part.textContent.includes(what))
        const late = setTimeout(() => reject(new Error(`${where} never said ${what}`)), 10_000)
        const watch = new MutationObserver(look)
        function look() {
          if (!isShown()) return
          watch.disconnect()
          clearTimeout(late)
          resolve(Date.now())
        }
        watch.observe(document, { subtree: true, childList: true, characterData: true })
        look()
      }),
    [selector, text] as const,
  )
  const from = Date.now()
  await cause()
  return (await shown) - from
}
