/**
 * Every screen of the panel on the demo network as pictures, to be looked at (not committed):
 *   node --conditions=production src/main/run.mjs src/tests/pictures.ts /tmp/pictures [part of an address]
 * Each in light, dark and at 375 px: `chargers.light.png`, `chargers.dark.png`, `chargers.phone.png`.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Browser } from 'playwright-core'

import { screensOf } from './e2e/day/screens'
import { openBrowser, visit } from './helpers/browser'
import { hungryCar, startDemoProduct, type DemoProduct } from './helpers/demoProduct'

type Where = Pick<DemoProduct, 'url' | 'admin'> & { chargerId: number }

const looks = [
  { name: 'light', width: 1280, theme: 'light' },
  { name: 'dark', width: 1280, theme: 'dark' },
  { name: 'phone', width: 375, theme: 'light' },
] as const

/** `takePictures`: of the screens whose address holds `part`, into `folder`; yields each file's path when it is there. */
export async function* takePictures(
  browser: Browser,
  { url, admin, chargerId }: Where,
  { folder, part = '' }: { folder: string; part?: string },
): AsyncGenerator<string> {
  mkdirSync(folder, { recursive: true })
  for (const { name, width, theme } of looks) {
    const visitor = await visit(browser, { url, ...admin, width, theme })
    const screens = (await screensOf(visitor, chargerId)).filter((path) => path.includes(part))
    for (const path of screens) {
      await visitor.open(path)
      await visitor.page.waitForFunction(() => !document.querySelector('.cpms-skeleton'))
      const words = path.replace(/^\/admin(\/collections|\/globals)?/, '').replaceAll('/', '-')
      const file = join(folder, `${words.slice(1) || 'dashboard'}.${name}.png`)
      await visitor.page.screenshot({ path: file, fullPage: true })
      yield file
    }
    await visitor.context.close()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , folder = 'pictures', part] = process.argv
  const setup = await import('./setup/startPostgres.mjs')
  const after = await import('./setup/stopPostgres.mjs')
  await setup.default()
  const [product, browser] = await Promise.all([startDemoProduct(), openBrowser()])
  try {
    const connector = product.charger('MAYFIELD-01').connectors[0]!
    await connector.plugIn(hungryCar)
    await product.charger('LEEDS-05').connectors[0]!.fail('HighTemperature', 'Cabinet 91 °C', 'T-2')
    const where = { ...product, chargerId: product.idOf('MAYFIELD-01') }
    for await (const file of takePictures(browser, where, { folder, part }))
      process.stdout.write(`${file}\n`)
  } finally {
    await browser.close()
    await product.close()
    await after.default()
  }
}
