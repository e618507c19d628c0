/** A browser on the running product: signed in, and every page waited for until it is alive. */
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      // the map is drawn without a graphics card
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      // and nothing else is: pages come together a third sooner without a pretended one
      '--disable-gpu-compositing',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export type Visitor = {
  context: BrowserContext
  page: Page
  /** A page of the panel, alive; on the visitor's own tab unless another is given. */
  open(path: string, tab?: Page): Promise<void>
  /** The REST API with the visitor's cookie; a body makes it a POST. */
  rest<T>(path: string, body?: object, method?: 'POST' | 'PATCH' | 'DELETE'): Promise<T>
  newTab(): Promise<Page>
}

/** Whether all there is to press and to type into would be heard: what React has not taken over yet forgets it. */
function isAlive(): boolean {
  const parts = document.querySelectorAll('button, input, select, textarea')
  return [...parts].every(
    (part) =>
      part.closest('.maplibregl-map') !== null ||
      Object.keys(part).some((key) => key.startsWith('__reactProps')),
  )
}

/** Somebody signs in, by the door a browser uses. */
export async function visit(
  browser: Browser,
  options: {
    url: string
    email: string
    password: string
    width?: number
    theme?: 'light' | 'dark'
    onProblem?: (problem: string) => void
  },
): Promise<Visitor> {
  const { url, email, password, width = 1280, theme = 'light' } = options
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 812 : 900 },
    hasTouch: width < 500,
    colorScheme: theme,
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(40_000)
  context.on('weberror', (problem) => options.onProblem?.(String(problem.error())))
  const headers = { Origin: url }
  const signedIn = await context.request.post(`${url}/api/users/login`, {
    headers,
    data: { email, password },
  })
  if (!signedIn.ok()) throw new Error(`${email} could not sign in: ${await signedIn.text()}`)
  const page = await context.newPage()
  return {
    context,
    page,
    async open(path, tab = page) {
      await tab.goto(`${url}${path}`)
      await tab.locator('html[data-cpms-live]').waitFor()
      await tab.waitForFunction(isAlive)
    },
    async rest(path, body, method = body ? 'POST' : undefined) {
      const answer = await context.request.fetch(`${url}/api${path}`, {
        headers,
        method: method ?? 'GET',
        data: body,
      })
      if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
      return (await answer.json()) as never
    },
    newTab: () => context.newPage(),
  }
}
