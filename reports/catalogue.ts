import type { ReportKind } from './report'

/** Where a report is found, over REST and in the panel, and what it may be asked for. */
export type CatalogueEntry = {
  kind: ReportKind
  /** `/api/reports/<slug>` and `/admin/reports/<slug>`. */
  slug: string
  title: string
  /** One sentence below the title. */
  about: string
}

export const catalogue: readonly CatalogueEntry[] = [
  {
    kind: 'chargingSessions',
    slug: 'charging-sessions',
    title: 'Charging Sessions',
    about: 'Every charge: charging time, duration, energy and cost.',
  },
  {
    kind: 'energyUsage',
    slug: 'energy-usage',
    title: 'Energy Usage',
    about: 'When energy flowed, by the meters’ readings: per hour, day, week or month.',
  },
]

export const entryOf = (slug: string): CatalogueEntry | null =>
  catalogue.find((entry) => entry.slug === slug) ?? null

export const formats = ['json', 'csv', 'xlsx', 'pdf'] as const
export type FileFormat = Exclude<(typeof formats)[number], 'json'>
