/** Every screen of the panel: all entries of its menu, one document behind each list, and what lies between. */
import type { Visitor } from '../../helpers/browser'

/** Lists whose documents have a page of their own that no other shows; the last of each is opened. */
const withPages = [
  'sites',
  'firmware',
  'firmware-updates',
  'sessions',
  'tariffs',
  'price-groups',
  'drivers',
  'rfid-cards',
  'fleets',
  'vehicles',
  'report-schedules',
  'statements',
  'alerts',
  'tickets',
  'commands',
  'configuration-templates',
  'users',
  'grants',
  'webhooks',
] as const

/** Forms that look different while there is nothing yet. */
const withForms = [
  'sites',
  'tariffs',
  'rfid-cards',
  'users',
  'report-schedules',
  'tickets',
] as const

const between = [
  '/admin/add-charger',
  '/admin/firmware-update',
  '/admin/notifications',
  '/admin/account',
]

/** `screensOf`: the addresses, for somebody who may see all of it. `chargerId` is opened with all its tabs. */
export async function screensOf(visitor: Visitor, chargerId: number): Promise<string[]> {
  const { page } = visitor
  const links = (selector: string) =>
    page
      .locator(selector)
      .evaluateAll((found) =>
        found.map((link) => link.getAttribute('href')).filter((to) => to !== null),
      )
  const charger = `/admin/collections/chargers/${chargerId}`
  await visitor.open(charger)
  const menu = await links('nav a.nav__link')
  const tabs = await links('.doc-tabs a')
  const pages: string[] = []
  for (const slug of withPages) {
    const { docs } = await visitor.rest<{ docs: { id: number }[] }>(
      `/${slug}?limit=1&depth=0&sort=-id`,
    )
    if (docs[0]) pages.push(`/admin/collections/${slug}/${docs[0].id}`)
  }
  const forms = withForms.map((slug) => `/admin/collections/${slug}/create`)
  return [...menu, charger, ...tabs, ...pages, ...forms, ...between]
}

/** Screens for those who are not signed in. */
export const doors = ['/admin/login', '/admin/forgot'] as const
