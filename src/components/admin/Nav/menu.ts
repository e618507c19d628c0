import type { Action, Resource } from '@/domain/policy'

/** The groups of the side menu in their order; collections name the one they stand in (`collections/fields.ts`). */
export const groups = [
  'Overview',
  'Network',
  'Charging',
  'People',
  'Reports',
  'Support',
  'Diagnose',
  'User Management',
  'Settings',
] as const

export type MenuItem = { id: string; label: string; to: string }
export type MenuGroup = { label: string; items: MenuItem[] }

/** Pages that are no collection, with what somebody must be allowed to find them in the menu. */
type Page = MenuItem & {
  group: (typeof groups)[number]
  needs?: readonly [Resource, Action]
  isLast?: boolean
}

export const pages: readonly Page[] = [
  { id: 'nav-dashboard', group: 'Overview', label: 'Dashboard', to: '/admin' },
  {
    id: 'nav-map',
    group: 'Overview',
    label: 'Map',
    to: '/admin/map',
    needs: ['chargers', 'read'],
  },
  {
    id: 'nav-live-sessions',
    group: 'Overview',
    label: 'Live sessions',
    to: '/admin/live-sessions',
    needs: ['sessions', 'read'],
  },
  {
    id: 'nav-report-charging-sessions',
    group: 'Reports',
    label: 'Charging Sessions',
    to: '/admin/reports/charging-sessions',
    needs: ['reports', 'run'],
  },
  {
    id: 'nav-report-energy-usage',
    group: 'Reports',
    label: 'Energy Usage',
    to: '/admin/reports/energy-usage',
    needs: ['reports', 'run'],
  },
  {
    id: 'nav-report-fleet-usage',
    group: 'Reports',
    label: 'Fleet Usage',
    to: '/admin/reports/fleet-usage',
    needs: ['fleets', 'read'],
  },
  {
    id: 'nav-report-faults-uptime',
    group: 'Reports',
    label: 'Faults & Uptime',
    to: '/admin/reports/faults-uptime',
    needs: ['reports', 'run'],
  },
  {
    id: 'nav-report-reliability',
    group: 'Reports',
    label: 'Rapid charger reliability',
    to: '/admin/reports/reliability',
    needs: ['reports', 'run'],
  },
  {
    id: 'nav-ocpp-log',
    group: 'Diagnose',
    label: 'OCPP log',
    to: '/admin/ocpp-log',
    needs: ['ocpp-messages', 'read'],
  },
  {
    id: 'nav-connection-doctor',
    group: 'Diagnose',
    label: 'Connection doctor',
    to: '/admin/connection-doctor',
    needs: ['chargers', 'create'],
  },
  {
    id: 'nav-undelivered-mail',
    group: 'Settings',
    label: 'Undelivered mail',
    to: '/admin/undelivered-mail',
    needs: ['settings', 'read'],
    isLast: true,
  },
]

/** `menuOf`: our pages and the collections that somebody may open, group by group; empty groups are left out. */
export function menuOf(
  collections: readonly (MenuItem & { group: string })[],
  may: (resource: Resource, action: Action) => boolean,
): MenuGroup[] {
  const open = pages.filter(({ needs }) => !needs || may(...needs))
  const named: string[] = [...groups]
  const others = collections.map(({ group }) => group).filter((group) => !named.includes(group))
  return [...named, ...new Set(others)]
    .map((label) => {
      const own = open.filter(({ group }) => group === label)
      const items: MenuItem[] = [
        ...own.filter(({ isLast }) => !isLast),
        ...collections.filter(({ group }) => group === label),
        ...own.filter(({ isLast }) => isLast),
      ].map(({ id, label: text, to }) => ({ id, label: text, to }))
      return { label, items }
    })
    .filter(({ items }) => items.length > 0)
}
