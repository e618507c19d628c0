/** Who pays what in the demo, as data: price groups with their members, fleets, budgets, papers that go out by themselves. */
import type { TariffFields } from '@/domain/tariff/fromFields'
import type { ScheduleRow } from '@/db/queries/statementRuns'

export type DemoGroup = {
  name: string
  pricing: 'tariff' | 'discount' | 'free'
  tariff?: string
  discountBasisPoints?: number
  /** Where it holds; everywhere where it names none. */
  sites: readonly string[]
  /** Which of the drivers are in it, by their place in the list. */
  drivers: readonly number[]
}

/** By driver, by fleet (below) and by card: the three ways into a group. */
export const demoGroups: readonly DemoGroup[] = [
  {
    name: 'Staff',
    pricing: 'discount',
    discountBasisPoints: 3000,
    sites: [],
    drivers: [2, 9, 16, 23, 30, 37, 44],
  },
  {
    name: 'Tenants',
    pricing: 'tariff',
    tariff: 'Tenants',
    sites: ['Leeds Dock Car Park', 'Brindleyplace Car Park'],
    drivers: [5, 12, 19, 26, 33, 40, 47, 54, 61],
  },
  { name: 'VIPs', pricing: 'free', sites: ['Moorland Hotel Brighton'], drivers: [7, 58] },
]

/** Cheaper in the night: what "why this price" is for. */
export const tenantsTariff: TariffFields & { name: string } = {
  name: 'Tenants',
  currency: 'GBP',
  energyRateMicros: 360_000,
  sessionFeeMinor: 0,
  taxBasisPoints: 2000,
  taxIncluded: true,
  elements: [{ name: 'Night', startTime: '23:00', endTime: '07:00', energyRateMicros: 220_000 }],
}

export type DemoFleet = {
  name: string
  email: string
  group?: string
  vehicles: readonly { registration: string; name: string }[]
}

export const demoFleets: readonly DemoFleet[] = [
  {
    name: 'Calder Couriers',
    email: 'transport@calder-couriers.example',
    vehicles: [
      { registration: 'CC01 VAN', name: 'Van 1' },
      { registration: 'CC02 VAN', name: 'Van 2' },
      { registration: 'CC03 VAN', name: 'Van 3' },
      { registration: 'CC04 VAN', name: 'Van 4' },
    ],
  },
  {
    name: 'Dock Car Club',
    email: 'hello@dock-car-club.example',
    group: 'Tenants',
    vehicles: [
      { registration: 'DC01 CAR', name: 'Club car 1' },
      { registration: 'DC02 CAR', name: 'Club car 2' },
    ],
  },
]

export type DemoBudget = {
  name: string
  fleet: string
  period: 'week' | 'month'
  measure: 'money' | 'energy'
  whenSpent: 'warn' | 'stop'
  /** Share of the limit that is used when the demo begins: the limit follows from it. */
  usedPercent: number
  /** The limit ends in so many noughts of pence or Wh, and is at least that. */
  step: number
}

export const demoBudgets: readonly DemoBudget[] = [
  {
    name: 'Calder Couriers, monthly',
    fleet: 'Calder Couriers',
    period: 'month',
    measure: 'money',
    whenSpent: 'warn',
    usedPercent: 78,
    step: 5_000,
  },
  {
    name: 'Dock Car Club, weekly',
    fleet: 'Dock Car Club',
    period: 'week',
    measure: 'energy',
    whenSpent: 'stop',
    usedPercent: 40,
    step: 50_000,
  },
]

export type DemoSchedule = {
  name: string
  kind: ScheduleRow['kind']
  of: { site: string } | { owner: string }
  frequency: ScheduleRow['frequency']
  formats: readonly ('pdf' | 'csv' | 'xlsx')[]
  /** As if it had been set up so many days ago: the periods since then are issued as soon as the worker comes. */
  daysAgo: number
  paused?: boolean
  recipients: readonly { address: string; isConfirmed: boolean }[]
  /** Whom its last paper was shared with by a link. */
  sharedWith?: string
}

export const demoSchedules: readonly DemoSchedule[] = [
  {
    name: 'Harbour Estates, monthly statement',
    kind: 'statement',
    of: { owner: 'Harbour Estates' },
    frequency: 'monthly',
    formats: ['pdf', 'csv'],
    daysAgo: 61,
    recipients: [
      { address: 'accounts@harbour-estates.example', isConfirmed: true },
      { address: 'estates.manager@harbour-estates.example', isConfirmed: false },
    ],
  },
  {
    name: 'Leeds Dock, weekly sessions',
    kind: 'chargingSessions',
    of: { site: 'Leeds Dock Car Park' },
    frequency: 'weekly',
    formats: ['pdf', 'xlsx'],
    daysAgo: 15,
    recipients: [{ address: 'finance@cityparking.example', isConfirmed: true }],
    sharedWith: 'City Parking Group, finance',
  },
  {
    name: 'Mayfield, faults of the day',
    kind: 'faultsUptime',
    of: { site: 'Mayfield Charging Hub' },
    frequency: 'daily',
    formats: ['pdf'],
    daysAgo: 3,
    paused: true,
    recipients: [{ address: 'control@northgate.example', isConfirmed: true }],
  },
]

/** What stands on its papers, where the settings do not say already. The numbers belong to nobody. */
export const demoBranding = {
  name: 'CITA EV Demo Ltd',
  address: '1 Sample Wharf\nLeeds LS10 1ZZ',
  vatNumber: 'GB 000 0000 00',
  footer: 'Questions about this paper: accounts@cita-ev.example',
}
