import type { Browser, Page } from 'playwright-core'

import { codeAt, stepAt } from '@/platform/totp'

import { openBrowser, visit, type Visitor } from '../helpers/browser'
import { startProduct, type Product } from '../helpers/product'
import { resetLinkTo, startSmtp, type SmtpCatcher } from '../helpers/smtp'

/** M6, M7: a new person's first hour, from the mail to what is seen, and what is not there for a Technician. */

let product: Product
let smtp: SmtpCatcher
let browser: Browser
let ada: Visitor
const problems: string[] = []

beforeAll(async () => {
  smtp = await startSmtp()
  ;[product, browser] = await Promise.all([startProduct({ SMTP_URL: smtp.url }), openBrowser()])
  ada = await visit(browser, { ...product.admin, url: product.url, onProblem })
  const made = async (slug: string, body: object) =>
    (await ada.rest<{ doc: { id: number } }>(`/${slug}`, body)).doc.id
  const leeds = await made('sites', { name: 'Leeds Dock' })
  const goole = await made('sites', { name: 'Goole' })
  await made('chargers', { name: 'Leeds 1', identity: 'LEEDS-1', site: leeds })
  await made('chargers', { name: 'Goole 1', identity: 'GOOLE-1', site: goole })
  await ada.rest('/globals/settings', { secondFactorRoles: ['operator'] })
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await product?.close()
  await smtp?.close()
})

function onProblem(problem: string): void {
  problems.push(problem)
}

async function stranger(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(60_000)
  context.on('weberror', (problem) => onProblem(String(problem.error())))
  return context.newPage()
}

const choose = async (page: Page, field: string, option: string) => {
  await page.locator(`#field-${field} .rs__control`).click()
  await page.locator('.rs__option', { hasText: option }).click()
}

/** By the form of the panel: name, address, role and place in one go; the link goes by mail. */
async function addUser(user: { name: string; email: string; role: string }): Promise<void> {
  const { page } = ada
  await ada.open('/admin/collections/users/create')
  await page.getByLabel('Name').fill(user.name)
  await page.getByRole('heading', { name: user.name }).waitFor()
  await page.locator('#field-email').fill(user.email)
  await choose(page, 'grant__role', user.role)
  await choose(page, 'grant__scope', 'Sites')
  await choose(page, 'grant__sites', 'Leeds Dock')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(`A link goes to ${user.email}.`).waitFor()
}

async function firstLogin(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${product.url}${await resetLinkTo(smtp, email)}`)
  await page.getByLabel('New password', { exact: true }).fill(password)
  await page.getByLabel('Once more', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByText('Your password is set. Log in with it.').waitFor()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

const menuOf = async (page: Page): Promise<string> => {
  await page.goto(`${product.url}/admin`)
  await page.locator('#nav-dashboard').waitFor({ state: 'attached' })
  return (await page.locator('nav a').allTextContents()).join(' ')
}

test('a new Operator gets the mail, sets a password, sets up the second factor, and sees the assigned site only', async () => {
  const email = 'olga@example.com'
  await addUser({ name: 'Olga Operator', email, role: 'Operator' })
  const page = await stranger()
  await firstLogin(page, email, 'a long first password')
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
  await page.getByText('The camera does not work').click()
  const secret = (await page.locator('.cpms-copy code').textContent())!.replaceAll(' ', '')
  const code = codeAt(secret, stepAt(new Date()))
  await page.getByLabel('Code of your authenticator app').fill(code)
  await page.getByLabel('I have kept them').check()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.waitForURL(`${product.url}/admin`)

  await page.goto(`${product.url}/admin/collections/sites`)
  await page.getByRole('link', { name: 'Leeds Dock' }).waitFor()
  expect(await page.getByText('Goole').count()).toBe(0)
  await page.goto(`${product.url}/admin/collections/chargers`)
  await page.getByRole('link', { name: 'Leeds 1' }).waitFor()
  expect(await page.getByText('Goole 1').count()).toBe(0)
  const { rows } = await product.pool.query<{ id: number }>(
    `select id from chargers where identity = 'GOOLE-1'`,
  )
  await page.goto(`${product.url}/admin/collections/chargers/${rows[0]!.id}`)
  await page.waitForURL(/notFound=/)
  await page.goto(`${product.url}/admin/collections/audit-log`)
  await page.getByRole('heading', { name: 'Audit log' }).waitFor()
  expect(await page.getByText('Goole').count()).toBe(0)
  expect(await menuOf(page)).not.toMatch(/Access|Settings/)
}, 240_000)

test('a Technician finds nothing to change: no settings, no tariffs, no users, forms that are only to be read', async () => {
  const email = 'ted@example.com'
  await addUser({ name: 'Ted Technician', email, role: 'Technician' })
  const page = await stranger()
  await firstLogin(page, email, 'another long password')
  await page.waitForURL(`${product.url}/admin`)
  expect(await menuOf(page)).not.toMatch(/Tariffs|Users|Access|Settings|Audit log|RFID/)
  for (const path of ['/admin/globals/settings', '/admin/collections/tariffs/create']) {
    await page.goto(`${product.url}${path}`)
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
  }
  await page.goto(`${product.url}/admin/collections/sites`)
  await page.getByRole('link', { name: 'Leeds Dock' }).click()
  await page.getByRole('heading', { name: 'Leeds Dock' }).waitFor()
  expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
  // but the charger can be steered
  await page.goto(`${product.url}/admin/collections/chargers`)
  await page.getByRole('link', { name: 'Leeds 1' }).click()
  await page.getByRole('button', { name: 'Actions' }).waitFor()
}, 240_000)

test('what they did and were refused stands in the audit log, in words', async () => {
  const { page } = ada
  await ada.open('/admin/collections/audit-log')
  const row = (text: string) => page.locator('.cpms-audit tbody tr', { hasText: text })
  await row('Turned two-factor authentication on').getByText('Olga Operator').first().waitFor()
  await row('Set a password by a link').first().waitFor()
  await page.getByLabel('Person').selectOption({ label: 'Ada Admin' })
  await page.waitForURL(/user=/)
  await row('Added').getByRole('link', { name: 'Charger Goole 1' }).first().waitFor()
  expect(await row('Turned two-factor').count()).toBe(0)
  await page.getByLabel('Refused only').check()
  await page.getByRole('heading', { name: 'No entry fits' }).waitFor()
  await page.getByRole('link', { name: 'Show everything' }).first().click()
  await row('Charger Goole 1').getByRole('link').first().click()
  await page.getByRole('heading', { name: 'What changed' }).waitFor()
  const file = page.waitForEvent('download')
  await ada.open('/admin/collections/audit-log')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  expect((await file).suggestedFilename()).toBe('audit-log.csv')
}, 240_000)

test('no page threw anything', () => {
  expect(problems).toEqual([])
}, 240_000)
