import type { Grouping, ReportKind, Unit } from './report'

/** Where a report is found, over REST and in the panel, and what it may be asked for. */
export type CatalogueEntry = {
  kind: ReportKind
  /** `/api/reports/<slug>` and `/admin/reports/<slug>`. */
  slug: string
  title: string
  /** One sentence below the title. */
  about: string
  /** Whether it is about who charged (and may be asked for one person, fleet or price group), or about chargers alone. */
  isOfPeople: boolean
  /** What its steps and its split may be, the usual one first; none where there is no choice. */
  units: readonly Unit[]
  groupings: readonly Grouping[]
}

export const catalogue: readonly CatalogueEntry[] = [
  {
    kind: 'chargingSessions',
    slug: 'charging-sessions',
    title: 'Charging Sessions',
    about: 'Every charge: charging time, duration, energy and cost.',
    isOfPeople: true,
    units: [],
    groupings: [],
  },
  {
    kind: 'energyUsage',
    slug: 'energy-usage',
    title: 'Energy Usage',
    about: 'When energy flowed, by the meters’ readings: per hour, day, week or month.',
    isOfPeople: true,
    units: ['day', 'hour', 'week', 'month'],
    groupings: ['none', 'charger', 'site', 'region', 'operator', 'driver', 'priceGroup'],
  },
  {
    kind: 'fleetUsage',
    slug: 'fleet-usage',
    title: 'Fleet Usage',
    about: 'What each fleet charged, by driver, vehicle or card.',
    isOfPeople: true,
    units: [],
    groupings: ['driver', 'vehicle', 'card', 'fleet'],
  },
  {
    kind: 'faultsUptime',
    slug: 'faults-uptime',
    title: 'Faults & Uptime',
    about: 'How long each charger was in working order, and what was wrong most often.',
    isOfPeople: false,
    units: ['whole', 'month'],
    groupings: ['charger', 'site', 'none'],
  },
  {
    kind: 'reliability',
    slug: 'reliability',
    title: 'Rapid charger reliability',
    about:
      'For the Public Charge Point Regulations 2023: public connectors of 50 kW and more, 99 % in a calendar year.',
    isOfPeople: false,
    units: ['whole', 'month'],
    groupings: ['none', 'site', 'charger'],
  },
]

export const entryOf = (slug: string): CatalogueEntry | null =>
  catalogue.find((entry) => entry.slug === slug) ?? null

export const formats = ['json', 'csv', 'xlsx', 'pdf'] as const
export type FileFormat = Exclude<(typeof formats)[number], 'json'>
