import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

import { doors, screensOf } from './screens'
import type { Day } from './stage'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Colours in between are nobody's: a page that changes its theme is looked at when it has. */
const atOnce = '*, *::before, *::after { transition: none !important; animation: none !important; }'
const tabs = 2

/**
 * Nothing of Payload's is excepted: what it leaves nameless or says wrongly is mended as it appears
 * (`src/components/admin/ui/PayloadNames.tsx`, `styles/words.css`).
 */
export function accessible(day: Day): void {
  test('every screen can be read, heard and worked by everybody: axe finds nothing serious, light or dark', async () => {
    const { ada, browser, product } = day
    const screens = await screensOf(ada, product.idOf('MAYFIELD-01'))
    expect(screens.length).toBeGreaterThan(60)
    const found: string[] = []
    async function look(tab: Page, path: string): Promise<void> {
      await tab.waitForFunction(
        () => !document.querySelector('.cpms-skeleton, .shimmer-effect, .loading-overlay'),
      )
      await tab.addStyleTag({ content: atOnce })
      await tab.evaluate(axe)
      for (const theme of ['light', 'dark'])
        for (const problem of await tab.evaluate(problemsOf, theme))
          found.push(`${path}, ${theme}: ${problem}`)
    }
    const left = [...screens]
    const walker = async () => {
      const tab = await ada.newTab()
      // wide enough for the menu to stand open
      await tab.setViewportSize({ width: 1600, height: 900 })
      for (let path = left.shift(); path; path = left.shift()) {
        // a busy server may leave a page out once; what stays away is told beside the others
        await ada
          .open(path, tab)
          .catch(() => ada.open(path, tab))
          .then(() => look(tab, path))
          .catch((error: unknown) => found.push(`${path} was not seen: ${String(error)}`))
      }
      await tab.close()
    }
    await Promise.all(Array.from({ length: tabs }, walker))
    const outside = await browser.newPage()
    for (const path of doors) {
      await outside.goto(`${product.url}${path}`)
      await look(outside, path)
    }
    await outside.close()
    expect(found).toEqual([])
  }, 900_000)
}

/** In the page. In the second theme only colours can be different. */
async function problemsOf(theme: string): Promise<string[]> {
  document.documentElement.setAttribute('data-theme', theme)
  const { axe: checker } = window as unknown as {
    axe: { run(context: Document, options: RunOptions): Promise<AxeResults> }
  }
  const { violations } = await checker.run(document, {
    resultTypes: ['violations'],
    // never serious, and the slowest
    ...(theme === 'dark'
      ? { runOnly: ['color-contrast'] }
      : { rules: { region: { enabled: false } } }),
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id} at ${target.join(' ')}: ${html.slice(0, 120)}`),
    )
}
