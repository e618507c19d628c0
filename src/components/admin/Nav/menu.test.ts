import { menuOf } from './menu'

const collection = (group: string, slug: string) => ({
  id: `nav-${slug}`,
  label: slug,
  to: `/admin/collections/${slug}`,
  group,
})

const collections = [
  collection('Settings', 'audit-log'),
  collection('Network', 'chargers'),
  collection('Diagnose', 'commands'),
]

test('the menu stands in the order of the design, whatever the order of the collections', () => {
  const labels = menuOf(collections, () => true).map(({ label }) => label)
  expect(labels).toEqual(['Overview', 'Network', 'Reports', 'Diagnose', 'Settings'])
})

test('pages of ours and collections share a group', () => {
  const diagnose = menuOf(collections, () => true).find(({ label }) => label === 'Diagnose')
  expect(diagnose?.items.map(({ label }) => label)).toEqual([
    'OCPP log',
    'Connection doctor',
    'commands',
  ])
})

test('nobody is shown a page that would turn him away', () => {
  const menu = menuOf([collection('Network', 'sites')], (resource) =>
    resource === 'chargers' ? false : false,
  )
  expect(menu).toEqual([
    { label: 'Overview', items: [{ id: 'nav-dashboard', label: 'Dashboard', to: '/admin' }] },
    {
      label: 'Network',
      items: [{ id: 'nav-sites', label: 'sites', to: '/admin/collections/sites' }],
    },
  ])
})

test('a collection of a group nobody foresaw is still there', () => {
  expect(menuOf([collection('Else', 'x')], () => false).at(-1)?.label).toBe('Else')
})
