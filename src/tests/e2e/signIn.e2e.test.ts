import type { Browser, BrowserContext, Page } from 'playwright-core'

import { codeAt, stepAt } from '@/platform/totp'

import { openBrowser } from '../helpers/browser'
import { startProduct, type Product } from '../helpers/product'
import { resetLinkTo, startSmtp, type SmtpCatcher } from '../helpers/smtp'

/** Who one is, as people meet it: logging in with a second factor, setting it up, a forgotten password. */

let product: Product
let smtp: SmtpCatcher
let browser: Browser
let context: BrowserContext
let page: Page
let secret = ''
let recoveryCodes: string[] = []

beforeAll(async () => {
  smtp = await startSmtp()
  ;[product, browser] = await Promise.all([startProduct({ SMTP_URL: smtp.url }), openBrowser()])
  await stranger()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await product?.close()
  await smtp?.close()
})

async function stranger(): Promise<void> {
  await context?.close()
  context = await browser.newContext({ viewport: { width: 375, height: 812 } })
  context.setDefaultTimeout(40_000)
  page = await context.newPage()
}

const button = (name: string | RegExp) => page.getByRole('button', { name })
const at = (path: string) => page.goto(`${product.url}${path}`)
const typePassword = async (email: string, password: string) => {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}
/** A code is good once (signIn.int.test.ts); nobody wants to wait for the next one here. */
const freshCode = async (): Promise<string> => {
  await product.pool.query('update telemetry.second_factors set last_step = 0')
  return codeAt(secret, stepAt(new Date()))
}
const typeCode = async () =>
  page.getByLabel('Code of your authenticator app').fill(await freshCode())
const setRequired = (roles: string[]) =>
  product.pool.query(
    `with gone as (delete from settings_second_factor_roles)
     insert into settings_second_factor_roles ("order", parent_id, value)
     select n, (select id from settings limit 1), role::enum_settings_second_factor_roles
       from unnest($1::text[]) with ordinality as one (role, n)`,
    [roles],
  )

test('whoever must have a second factor sets it up at login and sees nothing before', async () => {
  await context.request.post(`${product.url}/api/users/login`, {
    headers: { Origin: product.url },
    data: product.admin,
  })
  await context.request.post(`${product.url}/api/globals/settings`, {
    headers: { Origin: product.url },
    data: { secondFactorRoles: ['super-admin'] },
  })
  const chargers = () =>
    context.request.get(`${product.url}/api/chargers`, { headers: { Origin: product.url } })
  expect((await chargers()).status()).toBe(403)
  await at('/admin/collections/chargers')
  await page.getByRole('heading', { name: 'Set up two-factor authentication' }).waitFor()
  expect(await page.getByRole('navigation').count()).toBe(0)

  await stranger()
  await at('/admin/collections/sites')
  await page.waitForURL(/\/admin\/login\?redirect=/)
  await typePassword(product.admin.email, product.admin.password)
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
  expect((await chargers()).status()).toBe(403)
  await page.getByText('The camera does not work').click()
  secret = (await page.locator('.cpms-copy code').textContent())!.replaceAll(' ', '')
  await page.getByLabel('Code of your authenticator app').fill('000000')
  await page.getByText('This code is not right').waitFor()
  await typeCode()
  await page.getByText('Keep these recovery codes').waitFor()
  recoveryCodes = await page.locator('.cpms-recovery-codes li').allTextContents()
  expect(recoveryCodes).toHaveLength(10)
  expect(await button('Done').isDisabled()).toBe(true)
  const download = page.waitForEvent('download')
  await button('Download').click()
  expect((await download).suggestedFilename()).toBe('cita-ev-recovery-codes.txt')
  await page.getByLabel('I have kept them').check()
  await button('Done').click()
  await page.waitForURL(`${product.url}/admin/collections/sites`)
  expect((await chargers()).status()).toBe(200)
})

test('with the keyboard alone: e-mail, password, then the code, pasted with its space', async () => {
  await stranger()
  await at('/admin')
  await page.waitForURL(/\/admin\/login/)
  await page.locator('input[name=email]:focus').waitFor()
  await page.keyboard.type(product.admin.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(product.admin.password)
  await page.keyboard.press('Enter')
  const code = page.getByLabel('Code of your authenticator app')
  await page.locator('input[name=code]:focus').waitFor()
  expect(await code.getAttribute('autocomplete')).toBe('one-time-code')
  const digits = await freshCode()
  await code.fill(`${digits.slice(0, 3)} ${digits.slice(3)}`)
  await page.waitForURL(`${product.url}/admin`)
})

test('without the phone a recovery code lets in, once', async () => {
  for (const isFirst of [true, false]) {
    await stranger()
    await at('/admin/login')
    await typePassword(product.admin.email, product.admin.password)
    await button('Use a recovery code instead').click()
    await page.getByLabel('Recovery code').fill(recoveryCodes[0]!.toLowerCase())
    await page.keyboard.press('Enter')
    if (isFirst) await page.waitForURL(`${product.url}/admin`)
    else await page.getByText('This code is not right').waitFor()
  }
})

test('a wrong password says the same for known and unknown; the sixth try counts down', async () => {
  await stranger()
  await at('/admin/login')
  const said = async (email: string) => {
    await typePassword(email, 'not the password')
    return page.locator('.cpms-problem').textContent()
  }
  const unknown = await said('nobody@example.com')
  expect(unknown).toBe('This e-mail address and password do not belong together.')
  expect(await said(product.admin.email)).toBe(unknown)
  await product.pool.query('update telemetry.sign_in_tries set tries = 5')
  await typePassword(product.admin.email, 'not the password')
  await page.getByText(/Try again in 1[45]:\d\d/).waitFor()
  expect(await button('Log in').isDisabled()).toBe(true)
  await page.getByText(/ask a Super Admin to unlock you/).waitFor()
  await product.pool.query('delete from telemetry.sign_in_tries')
})

test('Forgot Password: a mail with a link, a new password by it, and the link is over', async () => {
  // the lock of the test before is remembered by the process for a minute, for this address
  await product.kill('web')
  await product.start('web')
  await setRequired([])
  await stranger()
  await at('/admin/login')
  await page.getByRole('link', { name: 'Forgot Password' }).click()
  // the page left has an E-mail too
  await page.getByRole('heading', { name: 'Forgot Password' }).waitFor()
  await page.getByLabel('E-mail').fill('nobody@example.com')
  await button('Send the link').click()
  const news = page.getByText('If you don’t get an e-mail, ask your system admin')
  const said = await news.textContent()
  await button('Another address').click()
  await page.getByLabel('E-mail').fill(product.admin.email)
  await button('Send the link').click()
  expect(await news.textContent()).toBe(said)

  const link = await resetLinkTo(smtp, product.admin.email)
  expect(smtp.mails.some(({ to }) => to === 'nobody@example.com')).toBe(false)
  await at(link)
  await page.getByLabel('New password', { exact: true }).fill('short')
  await page.getByLabel('Once more', { exact: true }).fill('short')
  await button('Set password').click()
  await page.getByText('A password has at least 10 characters.').waitFor()
  product.admin.password = 'a better horse battery'
  const { password } = product.admin
  await page.getByLabel('New password', { exact: true }).fill(password)
  await page.getByLabel('Once more', { exact: true }).fill(password)
  await button('Set password').click()
  await page.getByText('Your password is set. Log in with it.').waitFor()
  await typePassword(product.admin.email, password)
  await typeCode()
  await page.waitForURL(`${product.url}/admin`)
  await at(link)
  await page.getByRole('heading', { name: 'This link is over' }).waitFor()
})

describe('Sign-in & security', () => {
  const open = async () => {
    await at('/admin/account')
    await page.getByRole('link', { name: 'Open', exact: true }).click()
    await page.getByRole('heading', { name: 'Sign-in & security' }).waitFor()
  }

  test('other devices are listed in words and logged out from here', async () => {
    await context.request.post(`${product.url}/api/users/login`, {
      headers: { Origin: product.url, 'User-Agent': 'curl/8.5.0' },
      data: { ...product.admin, code: await freshCode() },
    })
    // the request's cookie went over this one's
    await at('/admin/login')
    await open()
    const logins = page.getByRole('region', { name: 'Where you are logged in' })
    await logins.getByText('A program (curl)').waitFor()
    await button('Log out Chrome on Linux').first().click()
    await page.getByText('Chrome on Linux is logged out.').waitFor()
  })

  test('the password is changed by whoever knows it', async () => {
    await button('Change password').click()
    const next = 'correct horse battery once more'
    const fill = async (current: string) => {
      await page.getByLabel('Password now').fill(current)
      await page.getByLabel('New password', { exact: true }).fill(next)
      await page.getByLabel('Once more', { exact: true }).fill(next)
      await page.keyboard.press('Enter')
    }
    await fill('not my password')
    await page.getByText('This is not your password.').waitFor()
    await fill(product.admin.password)
    await page.getByText('Your password is changed.').waitFor()
    product.admin.password = next
  })

  test('turning it off asks for password and code; new recovery codes make the old worthless', async () => {
    await button('New recovery codes').click()
    await typeCode()
    await page.getByText('Keep these recovery codes').waitFor()
    await page.getByLabel('I have kept them').check()
    await button('Done').click()
    await button('Turn off').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Your password').fill(product.admin.password)
    await typeCode()
    await page.getByText('Two-factor authentication is off.').waitFor()
    await button('Turn on').click()
    await page.getByLabel('Your password').fill(product.admin.password)
    await page.keyboard.press('Enter')
    await page.getByText('The camera does not work').click()
    secret = (await page.locator('.cpms-copy code').textContent())!.replaceAll(' ', '')
    await typeCode()
    await page.getByLabel('I have kept them').check()
    await button('Done').click()
    await page.getByText('Two-factor authentication is on.').waitFor()
  })
})

describe('a sensitive action asks once more', () => {
  const countTariffs = async () =>
    Number((await product.pool.query<{ n: string }>('select count(*) n from tariffs')).rows[0]!.n)
  const unprove = () =>
    product.pool.query(`update telemetry.logins set proved_at = now() - interval '6 minutes'`)
  const newTariff = async (name: string) => {
    await at('/admin/collections/tariffs/create')
    await page.locator('html[data-cpms-live]').waitFor()
    await page.getByLabel('Name').fill(name)
    await button('Save').click()
    await page.getByRole('dialog', { name: 'Is it you?' }).waitFor()
  }

  test('and goes on by itself; not without the code', async () => {
    await unprove()
    await newTariff('Cancelled')
    await page.getByText('to change a tariff').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Nothing was changed').first().waitFor()
    expect(await countTariffs()).toBe(0)
    expect(await page.getByLabel('Name').inputValue()).toBe('Cancelled')
    await newTariff('Night')
    await page.getByLabel('Code of your authenticator app').fill('000000')
    await page.getByText('This code is not right').waitFor()
    await typeCode()
    await page.waitForURL(/\/tariffs\/\d+/)
    expect(await countTariffs()).toBe(1)
  })

  test('also in dialogs of our own, over them', async () => {
    const { rows } = await product.pool.query<{ id: number }>(
      `insert into users (name, email) values ('Sam', 'sam@example.com') returning id`,
    )
    await unprove()
    await at(`/admin/collections/users/${rows[0]!.id}`)
    await button('Suspend').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('dialog', { name: 'Is it you?' }).waitFor()
    await typeCode()
    await page.getByText('Sam is suspended.').waitFor()
    await page.getByText('Suspended', { exact: true }).first().waitFor()
    await button('Let in again').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Let in again' }).click()
    await page.getByText('Sam can log in again.').waitFor()
  })
})

test('View as: the bar says whose eyes, nothing can be changed, and Leave ends it', async () => {
  await product.pool.query(
    `with site as (insert into sites (name) values ('Leeds Dock'), ('Goole') returning id, name),
          sam as (select id from users where name = 'Sam'),
          given as (insert into grants (user_id, role, scope) select id, 'operator', 'sites' from sam returning id)
     insert into grants_rels (parent_id, path, sites_id) select given.id, 'sites', site.id from given, site where name = 'Goole'`,
  )
  const { rows } = await product.pool.query<{ id: number }>(
    `select id from users where name = 'Sam'`,
  )
  await at(`/admin/collections/users/${rows[0]!.id}`)
  await button('View as this person').click()
  await button('View as').last().click()
  const bar = page.getByRole('region', { name: 'View as' })
  await bar.getByText('You see what Sam sees. Nothing can be changed.').waitFor()
  await at('/admin/collections/sites')
  await page.getByRole('link', { name: 'Goole' }).waitFor()
  expect(await page.getByText('Leeds Dock').count()).toBe(0)
  await bar.getByRole('button', { name: 'Leave' }).click()
  await page.waitForURL(/\/collections\/users/)
  expect(await bar.count()).toBe(0)
  await at('/admin/collections/sites')
  await page.getByText('Leeds Dock').first().waitFor()
})
