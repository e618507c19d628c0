import { readFileSync } from 'node:fs'

import { shownAfter, until, type Day } from './stage'

type Found<Doc = object> = { totalDocs: number; docs: Doc[] }

export function watch(day: Day): void {
  test('W1 a status moves its pill within 1 s in the open list, on the charger’s page, the dashboard and the map', async () => {
    const { ada, page, product, connectorOf, home } = day
    const { docs } = await ada.rest<Found<{ site: number }>>(
      `/chargers?where[id][equals]=${product.idOf('LEEDS-02')}&depth=0`,
    )
    const faults = '.cpms-figure[href*="Faulted"] .cpms-figure-value'
    const places: [path: string, selector: string, faulted?: string, free?: string][] = [
      ['/admin/collections/chargers?search=LEEDS-02', '.cell-status .cpms-pill'],
      [home('LEEDS-02'), '.cpms-head .cpms-pill'],
      ['/admin/map', `[data-site="${docs[0]!.site}"]`],
      ['/admin', faults, '1', '0'],
    ]
    const connector = connectorOf('LEEDS-02')
    const usual: Record<string, number> = {}
    for (const [path, selector, faulted = 'Faulted', free = 'Available'] of places) {
      await ada.open(path)
      await page.locator('html[data-cpms-live="live"]').waitFor()
      await page.locator(selector, { hasText: free }).waitFor()
      await page.evaluate(() => Object.assign(window, { isSamePage: true }))
      const times: number[] = []
      for (let turn = 0; turn < 2; turn++) {
        times.push(
          await shownAfter(page, [selector, faulted], () => connector.fail('GroundFailure')),
          await shownAfter(page, [selector, free], () => connector.repair()),
        )
      }
      expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
      usual[path] = median(times)
    }
    process.stdout.write(`StatusNotification to pixel, in ms: ${JSON.stringify(usual)}\n`)
    expect(Object.entries(usual).filter(([, ms]) => ms >= 1_000)).toEqual([])
  })

  test('W2 a status is a colour, a word and a sign, in both themes; when the charger was last heard stands beside it', async () => {
    const { ada, page, connectorOf } = day
    await connectorOf('LEEDS-02').fail('GroundFailure')
    await ada.open('/admin/collections/chargers?limit=50')
    const expected = [
      ['Available', 'green'],
      ['Faulted', 'red'],
      ['Offline', 'grey'],
    ] as const
    for (const theme of ['light', 'dark'])
      for (const [word, colour] of expected) {
        await page.evaluate(
          (name) => document.documentElement.setAttribute('data-theme', name),
          theme,
        )
        const pill = page.locator('.cell-status .cpms-pill', { hasText: word }).first()
        await pill.waitFor()
        expect(await pill.locator('svg').count()).toBe(1)
        const painted = await pill.evaluate((part) => getComputedStyle(part).backgroundColor)
        expect([theme, word, colourOf(painted)]).toEqual([theme, word, colour])
      }
    const row = page.locator('tr', { hasText: 'Level 1, Bays 13–14' })
    const seen = row.locator('.cell-lastSeenAt time')
    expect(await seen.textContent()).toMatch(/now|ago/)
    expect(await seen.getAttribute('title')).toMatch(/\d{2}:\d{2}:\d{2}.*(GMT|BST|UTC|London)/)
    await connectorOf('LEEDS-02').repair()
  })

  test('W3 every figure of the dashboard leads to the list of what it counts', async () => {
    const { ada, page } = day
    await ada.open('/admin')
    const figures = page.locator('a.cpms-figure')
    await page.locator('.cpms-figure', { hasText: 'Proven working' }).waitFor()
    const found = await figures.evaluateAll((links) =>
      links.map((link) => ({
        label: link.querySelector('.cpms-figure-label')!.textContent.trim(),
        value: link.querySelector('.cpms-figure-value')!.firstChild!.textContent!.trim(),
        to: link.getAttribute('href')!,
      })),
    )
    expect(found.map(({ label }) => label)).toEqual([
      ...['Faulted', 'Offline', 'Charging', 'Available'],
      ...['Power now', 'Energy today', 'Sessions today', 'Revenue today'],
      ...['Utilisation', 'Starts that worked', 'Proven working'],
    ])
    const counted = ['Faulted', 'Offline', 'Available', 'Sessions today']
    for (const { label, value, to } of found) {
      const list = /^\/admin\/collections\/([a-z-]+)\?(.+)$/.exec(to)
      if (!list) expect(to).toBe('/admin/live-sessions')
      else {
        const behind = await ada.rest<Found>(`/${list[1]}?${list[2]}&limit=1&depth=0`)
        if (counted.includes(label))
          expect([label, String(behind.totalDocs)]).toEqual([label, value])
      }
    }
    const offline = found.find(({ label }) => label === 'Offline')!
    await figures.filter({ hasText: 'Offline' }).click()
    await page.waitForURL(/collections\/chargers\?.*Offline/)
    await page.locator('.cell-status .cpms-pill').first().waitFor()
    expect(await page.locator('.cell-status .cpms-pill').allTextContents()).toEqual(
      Array(Number(offline.value)).fill('Offline'),
    )
  })

  test('W4 the map leads from a site to its charger, without any tile server', async () => {
    const { ada, page, product } = day
    await ada.open('/admin/map')
    await page.locator('.cpms-map-site', { hasText: 'Bristol' }).click()
    await page.locator('.cpms-map-card').getByRole('link', { name: 'Waterfront 2' }).click()
    await page.waitForURL(new RegExp(`/chargers/${product.idOf('BRISTOL-02')}$`))
  })

  test('W5 Status & event log says the fault in words, what to try, and keeps the vendor’s code', async () => {
    const { ada, page, home, connectorOf } = day
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

  test('W6 the OCPP log is filtered by message, follows the charger, opens to the raw frame, and is exported', async () => {
    const { ada, page, home, button, connectorOf } = day
    await ada.open(home('LEEDS-03', '/ocpp-log'))
    await page.locator('.cpms-frame', { hasText: 'BootNotification' }).first().waitFor()
    await page.getByLabel('Message').selectOption('StatusNotification')
    await page.getByLabel('Direction').selectOption('in')
    await page
      .locator('.cpms-frame', { hasText: 'BootNotification' })
      .first()
      .waitFor({ state: 'detached' })
    await connectorOf('LEEDS-03').fail('WeakSignal')
    const frame = page.locator('.cpms-frame', { hasText: 'WeakSignal' }).first()
    await frame.waitFor()
    const lines = await page.locator('.cpms-frame strong').allTextContents()
    expect(lines.filter((line) => !line.startsWith('StatusNotification'))).toEqual([])
    await frame.getByRole('button').click()
    const raw = JSON.parse((await frame.locator('pre').textContent())!) as unknown[]
    expect(raw).toMatchObject([
      2,
      expect.any(String),
      'StatusNotification',
      { errorCode: 'WeakSignal' },
    ])
    await button('Export').click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /CSV/ }).click(),
    ])
    const rows = readFileSync(await file.path(), 'utf8')
      .trim()
      .split(/\r?\n/)
    expect(rows.length).toBeGreaterThan(lines.length)
    expect(rows.slice(1).filter((row) => !row.includes('StatusNotification'))).toEqual([])
    await connectorOf('LEEDS-03').repair()
  })

  test('W7 overheating rings the bell, can be acknowledged, and resolves itself when it is over', async () => {
    const { ada, page, product, button, connectorOf } = day
    await ada.open('/admin/collections/alerts')
    await connectorOf('BRISTOL-01').fail('HighTemperature', 'Cabinet 91 °C', 'T-2')
    const row = page.locator('tr[data-alert]', { hasText: 'Waterfront 1' })
    await row.waitFor()
    await button(/^Alerts, \d+ new$/).waitFor()
    await row.getByRole('button', { name: /^Acknowledge/ }).click()
    await row.getByText('being looked at').waitFor()
    await connectorOf('BRISTOL-01').repair()
    await until(async () => {
      const { docs } = await ada.rest<Found<{ autoResolved?: boolean }>>(
        `/alerts?where[charger][equals]=${product.idOf('BRISTOL-01')}&where[status][equals]=resolved&depth=0`,
      )
      return docs.some(({ autoResolved }) => autoResolved)
    })
  })

  test('W8 a charger that drops off the line is Offline, and the page says what that means and what to check', async () => {
    const { ada, page, home, charger, headPill } = day
    await ada.open(home('BRISTOL-03'))
    charger('BRISTOL-03').goOffline()
    await headPill('Offline').waitFor()
    await page.getByText(/not connected to the system any more/).waitFor()
    await page.getByText(/Try checking the\s+charger’s lights or screen, and restart it/).waitFor()
    charger('BRISTOL-03').goOnline()
    await headPill('Available').waitFor()
  })
}

/** Of a machine that now and then does something else as well. */
const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)]!

/** The name of `rgb(…)` as somebody would say it. */
function colourOf(painted: string): string {
  const [red = 0, green = 0, blue = 0] = (/\d+, \d+, \d+/.exec(painted)?.[0] ?? '')
    .split(', ')
    .map(Number)
  if (Math.max(red, green, blue) - Math.min(red, green, blue) < 12) return 'grey'
  if (green > red && green > blue) return 'green'
  return red > green && red > blue ? 'red' : 'blue'
}
