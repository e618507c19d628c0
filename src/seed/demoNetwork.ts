/** The demo network as data: made-up businesses at real places in the United Kingdom. */
import type { ModelName } from '#ocpp/sim/physics'
import type { TariffFields } from '@/domain/tariff/fromFields'
import { tenantsTariff } from './demoMoney'

/** Of all its sites. */
export const demoZone = 'Europe/London'

export const demoNote = 'Demo data: made by "npm run demo".'

/** How a site is used: when people come, how long they stay, what they pay. */
export type Character = 'city' | 'hub' | 'workplace' | 'hotel' | 'retail'

export type DemoCharger = {
  identity: string
  name: string
  model: ModelName
  visibility: 'public' | 'private'
  /** Where it is another than the site's. */
  tariff?: string
  /** When it was out of use for a reason that does not count against it, in hours before the demo begins. */
  outOfUse?: { fromHoursAgo: number; untilHoursAgo: number }
  /** What the demo shows with it besides charging. */
  part?: 'faulted' | 'offline' | 'neverConnected' | 'outOfService'
}

export type DemoSite = {
  name: string
  address: string
  latitude: number
  longitude: number
  region: string
  operator: string
  owner: string
  tariff: string
  character: Character
  openingHours: string
  chargers: readonly DemoCharger[]
}

export const demoRegions = [
  { name: 'North', description: 'Leeds, Manchester, Edinburgh' },
  { name: 'Midlands and Wales', description: 'Birmingham, Cardiff' },
  { name: 'South', description: 'London, Bristol, Brighton' },
]

export const demoOrganisations = [
  { name: 'CITA EV Operations', kind: 'operator', email: 'operations@cita-ev.example' },
  { name: 'Northgate Charging', kind: 'operator', email: 'control@northgate.example' },
  { name: 'Harbour Estates', kind: 'site-owner', email: 'accounts@harbour-estates.example' },
  { name: 'City Parking Group', kind: 'site-owner', email: 'finance@cityparking.example' },
  { name: 'Moorland Hotels', kind: 'site-owner', email: 'office@moorland.example' },
  { name: 'Brindley Retail Parks', kind: 'site-owner', email: 'ledger@brindley.example' },
] as const

/** Rates in millionths of a pound, VAT of 20 % included. */
export const demoTariffs: readonly (TariffFields & { name: string })[] = [
  {
    name: 'Destination AC',
    currency: 'GBP',
    energyRateMicros: 450_000,
    sessionFeeMinor: 0,
    taxBasisPoints: 2000,
    taxIncluded: true,
  },
  {
    name: 'Rapid DC',
    currency: 'GBP',
    energyRateMicros: 690_000,
    sessionFeeMinor: 50,
    idleRateMicros: 200_000,
    idleGraceMinutes: 15,
    taxBasisPoints: 2000,
    taxIncluded: true,
  },
  {
    name: 'Workplace',
    currency: 'GBP',
    energyRateMicros: 280_000,
    sessionFeeMinor: 0,
    taxBasisPoints: 2000,
    taxIncluded: true,
  },
  {
    name: 'Hotel guests by time',
    currency: 'GBP',
    energyRateMicros: 250_000,
    timeRateMicros: 8_000,
    sessionFeeMinor: 0,
    taxBasisPoints: 2000,
    taxIncluded: true,
  },
  tenantsTariff,
]

const row = (
  stem: string,
  model: ModelName,
  names: readonly string[],
  more: Partial<DemoCharger> = {},
  from = 1,
): DemoCharger[] =>
  names.map((name, i) => ({
    identity: `${stem}-${String(from + i).padStart(2, '0')}`,
    name,
    model,
    visibility: 'public',
    ...more,
  }))

export const demoSites: readonly DemoSite[] = [
  {
    name: 'Leeds Dock Car Park',
    address: 'Armouries Way, Leeds LS10 1LT',
    latitude: 53.7917,
    longitude: -1.5322,
    region: 'North',
    operator: 'CITA EV Operations',
    owner: 'City Parking Group',
    tariff: 'Destination AC',
    character: 'city',
    openingHours: 'Every day, 24 hours',
    chargers: [
      ...row('LEEDS', 'AC22', [
        'Level 1, Bays 11–12',
        'Level 1, Bays 13–14',
        'Level 1, Bays 15–16',
        'Level 2, Bays 21–22',
      ]),
      ...row('LEEDS', 'DC50', ['Entrance Rapid'], { tariff: 'Rapid DC' }, 5),
    ],
  },
  {
    name: 'Mayfield Charging Hub',
    address: 'Baring Street, Manchester M1 2PY',
    latitude: 53.4758,
    longitude: -2.2256,
    region: 'North',
    operator: 'CITA EV Operations',
    owner: 'City Parking Group',
    tariff: 'Rapid DC',
    character: 'hub',
    openingHours: 'Every day, 24 hours',
    chargers: [
      ...row('MAYFIELD', 'DC150', ['Ultra 1', 'Ultra 2', 'Ultra 3']),
      ...row('MAYFIELD', 'DC50', ['Rapid 4'], { part: 'faulted' }, 4),
    ],
  },
  {
    name: 'Haymarket Yards',
    address: 'Haymarket Yards, Edinburgh EH12 5BH',
    latitude: 55.9453,
    longitude: -3.2216,
    region: 'North',
    operator: 'Northgate Charging',
    owner: 'Harbour Estates',
    tariff: 'Workplace',
    character: 'workplace',
    openingHours: 'Mon–Fri 06:30–20:00',
    chargers: [
      ...row('HAYMKT', 'AC11', ['Staff Bay 1', 'Staff Bay 2', 'Staff Bay 3'], {
        visibility: 'private',
      }),
      ...row('HAYMKT', 'AC11', ['Visitor Bay'], { part: 'outOfService' }, 4),
    ],
  },
  {
    name: 'Brindleyplace Car Park',
    address: 'Brunswick Street, Birmingham B1 2JF',
    latitude: 52.4783,
    longitude: -1.9135,
    region: 'Midlands and Wales',
    operator: 'CITA EV Operations',
    owner: 'Brindley Retail Parks',
    tariff: 'Destination AC',
    character: 'city',
    openingHours: 'Every day, 24 hours',
    chargers: row('BRINDLEY', 'AC22', [
      'Floor 0, Bays 1–2',
      'Floor 0, Bays 3–4',
      'Floor 1, Bays 5–6',
    ]),
  },
  {
    name: 'Cardiff Bay Retail Park',
    address: 'Ferry Road, Cardiff CF11 0JR',
    latitude: 51.4596,
    longitude: -3.1876,
    region: 'Midlands and Wales',
    operator: 'Northgate Charging',
    owner: 'Brindley Retail Parks',
    tariff: 'Destination AC',
    character: 'retail',
    openingHours: 'Mon–Sat 07:00–22:00, Sun 09:00–18:00',
    chargers: [
      ...row('CARDIFF', 'AC22', ['Row A, Bays 1–2', 'Row A, Bays 3–4']),
      ...row('CARDIFF', 'DC50', ['Row B Rapid'], { part: 'offline', tariff: 'Rapid DC' }, 3),
    ],
  },
  {
    name: 'Bristol Harbourside',
    address: 'Anchor Road, Bristol BS1 5DB',
    latitude: 51.4506,
    longitude: -2.6008,
    region: 'South',
    operator: 'CITA EV Operations',
    owner: 'Harbour Estates',
    tariff: 'Destination AC',
    character: 'retail',
    openingHours: 'Every day, 06:00–23:00',
    chargers: [
      ...row('BRISTOL', 'AC22', ['Waterfront 1', 'Waterfront 2', 'Waterfront 3']),
      ...row('BRISTOL', 'DC50', ['Waterfront Rapid'], { tariff: 'Rapid DC' }, 4),
    ],
  },
  {
    name: 'Moorland Hotel Brighton',
    address: 'Marine Parade, Brighton BN2 1TL',
    latitude: 50.8193,
    longitude: -0.1321,
    region: 'South',
    operator: 'Northgate Charging',
    owner: 'Moorland Hotels',
    tariff: 'Hotel guests by time',
    character: 'hotel',
    openingHours: 'Hotel guests, 24 hours',
    chargers: row('MOORLAND', 'AC7', ['Courtyard 1', 'Courtyard 2', 'Courtyard 3', 'Courtyard 4'], {
      visibility: 'private',
    }),
  },
  {
    name: 'Canary Wharf Jubilee Park',
    address: 'Upper Bank Street, London E14 5NY',
    latitude: 51.5035,
    longitude: -0.0169,
    region: 'South',
    operator: 'CITA EV Operations',
    owner: 'Harbour Estates',
    tariff: 'Rapid DC',
    character: 'hub',
    openingHours: 'Every day, 24 hours',
    chargers: [
      ...row('CANARY', 'DC150', ['Ultra North']),
      ...row(
        'CANARY',
        'DC150',
        ['Ultra South'],
        { outOfUse: { fromHoursAgo: 486, untilHoursAgo: 459 } },
        2,
      ),
      ...row('CANARY', 'DC50', ['Rapid West'], { part: 'neverConnected' }, 3),
    ],
  },
]

export const demoChargers = demoSites.flatMap((site) => site.chargers)

/** `outOfUseOf`: when a charger stood still, in a demo that begins `now`. */
export function outOfUseOf({ outOfUse }: Pick<DemoCharger, 'outOfUse'>, now: Date) {
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  return outOfUse ? { from: ago(outOfUse.fromHoursAgo), until: ago(outOfUse.untilHoursAgo) } : null
}
