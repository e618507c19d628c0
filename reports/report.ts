import type { Pool } from '@/db/pool'
import type { Scope } from '@/domain/scope'

export const reportKinds = [
  'chargingSessions',
  'energyUsage',
  'fleetUsage',
  'faultsUptime',
  'reliability',
] as const
export type ReportKind = (typeof reportKinds)[number]

/**
 * How a cell is to be read: `energy` integer Wh, `money` integer minor units of the currency in column `currency`,
 * `seconds`, `percent` integer hundredths of a percent, `instant` wall clock `YYYY-MM-DD HH:MM:SS` in the row's own zone,
 * `day` a label of a day or bucket. `text` comes from people and devices and is never trusted in a file.
 */
export type ColumnFormat =
  'text' | 'integer' | 'energy' | 'money' | 'seconds' | 'percent' | 'instant' | 'day'

export type Column = {
  key: string
  /** With its unit where it has one: `Energy (kWh)`. */
  title: string
  format: ColumnFormat
  /** Summed below the table. */
  isSummed?: boolean
  /** Its total is a figure of its own in `Totals.sums`, not the sum of the rows: a share, a number of chargers. */
  hasOwnTotal?: boolean
  /** Width in characters, for paper and sheets. */
  width: number
  /** Left out on paper, where there is no room for it. */
  isMinor?: boolean
}

export type Cell = string | number | null
/** `isTotalled`: whether a column has a figure in the line of totals. */
export const isTotalled = ({ isSummed, hasOwnTotal }: Pick<Column, 'isSummed' | 'hasOwnTotal'>) =>
  Boolean(isSummed || hasOwnTotal)

/** In the order of the columns. */
export type Row = readonly Cell[]

/** Sums by column key; of money by currency, the largest first. From SQL, of the same snapshot as the rows. */
export type Totals = {
  rows: number
  sums: Readonly<Record<string, number>>
  money: readonly { currency: string; sums: Readonly<Record<string, number>> }[]
  /** Sentences that belong to the sums: what has no price, what is estimated. */
  notes: readonly string[]
}

export type Series = {
  key: string
  title: string
  format: 'energy' | 'money' | 'integer' | 'percent'
}
export type Chart = {
  title: string
  /** One label per point, in order. */
  labels: readonly string[]
  series: readonly (Series & { values: readonly (number | null)[] })[]
}

export type Period = {
  from: Date
  /** First instant that no longer belongs to it. */
  to: Date
  /** IANA zone of the days; null where each site's own decides. */
  zone: string | null
  /** In words: `1–30 November 2026 (Europe/London)`. */
  words: string
}

export type Report = {
  kind: ReportKind
  title: string
  /** The filter in words. */
  subtitle: string
  period: Period
  columns: readonly Column[]
  /** In batches, read while they are taken. */
  rows(): AsyncIterable<readonly Row[]>
  /** Some rows for the screen; the newest first where the report is one of events. */
  page(part: { limit: number; offset: number }): Promise<readonly Row[]>
  totals(): Promise<Totals>
  /** How many rows there are, counted no further than `most`: whether a file is a large one is asked before it begins. */
  countUpTo(most: number): Promise<number>
  charts(): Promise<readonly Chart[]>
  /** Gives the connection back. Always called, also after a failure. */
  close(): Promise<void>
}

export const groupings = [
  'none',
  'charger',
  'site',
  'region',
  'operator',
  'driver',
  'priceGroup',
  'fleet',
  'vehicle',
  'card',
] as const
export type Grouping = (typeof groupings)[number]
export const units = ['hour', 'day', 'week', 'month', 'whole'] as const
export type Unit = (typeof units)[number]

/** What people may filter by. Days are inclusive and belong to the site's own zone; instants are exact, `to` excluded. */
export type ReportParams = {
  from: string
  to: string
  charger?: number | null
  site?: number | null
  region?: number | null
  operator?: number | null
  driver?: number | null
  fleet?: number | null
  priceGroup?: number | null
  status?: string | null
  /** Reports by time and by place. */
  unit?: Unit
  groupBy?: Grouping
}

export type ReportScope = {
  /** Rows that may be seen at all (policy: `exports`, `sessions`). */
  rows: Scope
  /** Rows of which it may be seen who charged. */
  people: Scope
}

export const wholeScope: ReportScope = { rows: { kind: 'all' }, people: { kind: 'all' } }

export type ReportDeps = { pool: Pool; now: Date }

/** A filter that cannot be used: `sentence` says what to do. */
export class ReportProblem extends Error {
  override name = 'ReportProblem'
}

/** Whose paper it is; a part of the branding of the installation. */
export type Letterhead = {
  name: string
  accentColour?: string | null
  footer?: string | null
  logo?: { png: Uint8Array; width: number; height: number } | null
}

/** Told while a file is written. */
export type OnProgress = (rows: number) => void
export type Written = { rows: number; sha256: string; bytes: number }
