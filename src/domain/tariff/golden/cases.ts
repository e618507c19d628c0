import type { ElementFields, TariffFields } from '../fromFields'
import type { PriceTerms } from '../resolve'

/**
 * A session and what it is priced by. `wh` is either the energy, taken evenly, or readings `[minute, Wh]`. `total` is
 * reckoned by hand (the comment above says how, where it is more than one product), in the smallest unit of the currency with
 * tax; null where there must be no price.
 */
export type GoldenCase = {
  name: string
  fields: Partial<TariffFields> | null
  terms?: Partial<PriceTerms>
  start?: string
  minutes?: number
  seconds?: number
  wh: number | readonly (readonly [number, number])[]
  zone?: string | null
  isRunning?: boolean
  total: number | null
}

const day = { energyRateMicros: 450_000 }
const night: ElementFields = {
  name: 'Night',
  startTime: '23:00',
  endTime: '07:00',
  energyRateMicros: 200_000,
}
const dayAndNight = { ...day, elements: [night] }
const hour = (row: ElementFields) => ({ ...day, elements: [{ energyRateMicros: 0, ...row }] })
const fridayNight: ElementFields = { ...night, name: 'Friday night', days: ['fri'] }
const idle = { ...day, idleRateMicros: 100_000 }
/** Charges for an hour, stays for half of one. */
const stays = [
  [0, 0],
  [30, 3500],
  [60, 7000],
  [90, 7000],
] as const
const rapid: ElementFields = { name: 'Rapid', minPowerW: 50_000, energyRateMicros: 790_000 }
const tiers: Partial<TariffFields> = {
  elements: [{ maxWh: 10_000, energyRateMicros: 300_000 }],
  energyRateMicros: 600_000,
}
const perMinute = { timeRateMicros: 100_000 }

export const goldenCases: readonly GoldenCase[] = [
  // energy, time, fee
  { name: '20 kWh at £0.45', fields: day, wh: 20_000, total: 900 },
  { name: 'a single Wh rounds down to nothing', fields: day, wh: 1, total: 0 },
  { name: '11 Wh are half a penny less a little', fields: day, wh: 11, total: 0 },
  { name: '12 Wh are half a penny and a little', fields: day, wh: 12, total: 1 },
  {
    name: 'exactly half a penny rounds up',
    fields: { energyRateMicros: 500_000 },
    wh: 10,
    total: 1,
  },
  {
    name: 'a rate of a hundredth of a penny counts',
    fields: { energyRateMicros: 450_100 },
    wh: 20_000,
    total: 900,
  },
  {
    name: 'and shows where there is enough energy',
    fields: { energyRateMicros: 450_100 },
    wh: 60_000,
    total: 2701,
  },
  { name: 'no energy, no cost', fields: day, wh: 0, total: 0 },
  { name: '45 minutes at £0.10', fields: perMinute, minutes: 45, wh: 20_000, total: 450 },
  {
    name: '61 seconds by the second',
    fields: perMinute,
    minutes: 0,
    seconds: 61,
    wh: 100,
    total: 10,
  },
  { name: 'a fee alone', fields: { sessionFeeMinor: 100 }, wh: 20_000, total: 100 },
  // 100 + 20 × 45 + 45 × 10
  {
    name: 'fee, energy and time',
    fields: { ...day, ...perMinute, sessionFeeMinor: 100 },
    minutes: 45,
    wh: 20_000,
    total: 1450,
  },
  {
    name: 'a fee of 0 beside a price is no fee',
    fields: { ...day, sessionFeeMinor: 0 },
    wh: 20_000,
    total: 900,
  },
  // tax
  { name: 'tax on top', fields: { ...day, taxIncluded: false }, wh: 20_000, total: 1080 },
  // 1.234 × 45 = 55.53 → 56, and 20 % of it 11.2 → 11
  {
    name: 'tax on top is rounded after the amount',
    fields: { ...day, taxIncluded: false },
    wh: 1234,
    total: 67,
  },
  // fee 13 + 2.6 → 3 · 0.29 × 45 = 13.05 → 13 + 3 · 13 min × 1 = 13 + 3
  {
    name: 'tax on top, each line by itself',
    fields: { ...day, timeRateMicros: 10_000, sessionFeeMinor: 13, taxIncluded: false },
    minutes: 13,
    wh: 290,
    total: 48,
  },
  { name: 'tax of 5 % inside', fields: { ...day, taxBasisPoints: 500 }, wh: 20_000, total: 900 },
  {
    name: 'half a penny of tax inside rounds up',
    fields: { ...day, taxBasisPoints: 2000 },
    wh: 60,
    total: 3,
  },
  { name: 'no tax at all', fields: { ...day, taxBasisPoints: 0 }, wh: 20_000, total: 900 },
  // free, discount, groups
  { name: 'free by a price of 0', fields: { energyRateMicros: 0 }, wh: 20_000, total: 0 },
  {
    name: 'free vend: the group is free',
    fields: day,
    terms: { priceSource: 'group-free' },
    wh: 20_000,
    total: 0,
  },
  {
    name: 'free vend: the site is free',
    fields: null,
    terms: { priceSource: 'site-free' },
    wh: 20_000,
    total: 0,
  },
  {
    name: 'free vend needs no meter',
    fields: null,
    terms: { priceSource: 'charger-free' },
    wh: [[0, 0]],
    total: 0,
  },
  {
    name: 'a group’s own tariff in place of the site’s',
    fields: { energyRateMicros: 250_000 },
    terms: { priceSource: 'group-tariff' },
    wh: 20_000,
    total: 500,
  },
  {
    name: '20 % off for Staff',
    fields: day,
    terms: { priceSource: 'group-discount', discountBasisPoints: 2000 },
    wh: 20_000,
    total: 720,
  },
  // 0.455555 × 0.875 = 0.398610625 → 0.398611, × 100
  {
    name: '12.5 % off, rounded to the millionth',
    fields: { energyRateMicros: 455_555 },
    terms: { priceSource: 'group-discount', discountBasisPoints: 1250 },
    wh: 100_000,
    total: 3986,
  },
  {
    name: 'everything off',
    fields: { ...day, sessionFeeMinor: 100 },
    terms: { priceSource: 'group-discount', discountBasisPoints: 10_000 },
    wh: 20_000,
    total: 0,
  },
  {
    name: 'a discount lowers the least it costs',
    fields: { ...day, minMinor: 500 },
    terms: { priceSource: 'group-discount', discountBasisPoints: 2000 },
    wh: 1000,
    total: 400,
  },
  // time of use
  // 5 × 45 + 5 × 20
  {
    name: 'half before 23:00, half after',
    fields: dayAndNight,
    start: '2026-01-14T22:30Z',
    minutes: 60,
    wh: 10_000,
    total: 325,
  },
  {
    name: 'half before 07:00, half after',
    fields: dayAndNight,
    start: '2026-01-14T06:30Z',
    minutes: 60,
    wh: 10_000,
    total: 325,
  },
  {
    name: 'over midnight, all in the night',
    fields: dayAndNight,
    start: '2026-01-14T23:30Z',
    minutes: 60,
    wh: 10_000,
    total: 200,
  },
  // one hour of ten at 45 before, eight at 20, one at 45 after: 45 + 160 + 45
  {
    name: 'through the night: day, night, day',
    fields: dayAndNight,
    start: '2026-01-14T22:00Z',
    minutes: 600,
    wh: 10_000,
    total: 250,
  },
  // 8 × 45 + 2 × 20
  {
    name: 'uneven readings: most of it was before 23:00',
    fields: dayAndNight,
    start: '2026-01-14T22:30Z',
    minutes: 60,
    wh: [
      [0, 0],
      [30, 8000],
      [60, 10_000],
    ],
    total: 400,
  },
  {
    name: 'Friday’s night goes on until Saturday morning',
    fields: { ...day, elements: [fridayNight] },
    start: '2026-01-17T05:00Z',
    minutes: 60,
    wh: 10_000,
    total: 200,
  },
  {
    name: 'Saturday’s night is not Friday’s',
    fields: { ...day, elements: [fridayNight] },
    start: '2026-01-18T01:00Z',
    minutes: 60,
    wh: 10_000,
    total: 450,
  },
  {
    name: 'the small hours of Friday are Thursday’s night',
    fields: { ...day, elements: [fridayNight] },
    start: '2026-01-16T01:00Z',
    minutes: 60,
    wh: 10_000,
    total: 450,
  },
  // 5 × 30 + 5 × 45
  {
    name: 'the weekend ends at midnight of the site, in summer 23:00 UTC',
    fields: { ...day, elements: [{ days: ['sat', 'sun'], energyRateMicros: 300_000 }] },
    start: '2026-07-12T22:30Z',
    minutes: 60,
    wh: 10_000,
    total: 375,
  },
  // 5 × 45 + 5 × 20
  {
    name: 'midnight of Kolkata is 18:30 UTC',
    fields: {
      ...day,
      elements: [{ startTime: '00:00', endTime: '06:00', energyRateMicros: 200_000 }],
    },
    zone: 'Asia/Kolkata',
    start: '2026-01-14T18:00Z',
    minutes: 60,
    wh: 10_000,
    total: 325,
  },
  // 5 × 45 + 5 × 60
  {
    name: 'a price from a date on',
    fields: { ...day, elements: [{ startDate: '2026-12-01', energyRateMicros: 600_000 }] },
    start: '2026-11-30T23:30Z',
    minutes: 60,
    wh: 10_000,
    total: 525,
  },
  {
    name: 'a price until a date, which is not included',
    fields: { ...day, elements: [{ endDate: '2026-12-01', energyRateMicros: 300_000 }] },
    start: '2026-12-01T00:00Z',
    minutes: 60,
    wh: 10_000,
    total: 450,
  },
  // 10 × 20 + 60 min × 10
  {
    name: 'what a row leaves empty comes from below',
    fields: { ...day, ...perMinute, elements: [night] },
    start: '2026-01-14T23:30Z',
    minutes: 60,
    wh: 10_000,
    total: 800,
  },
  {
    name: 'a fee at night only',
    fields: { ...day, elements: [{ ...night, sessionFeeMinor: 50 }] },
    start: '2026-01-14T23:30Z',
    minutes: 60,
    wh: 10_000,
    total: 250,
  },
  // the clocks
  {
    name: 'spring: 07:00 is 06:00 UTC on the day of the change',
    fields: dayAndNight,
    start: '2026-03-29T05:30Z',
    minutes: 60,
    wh: 10_000,
    total: 325,
  },
  {
    name: 'spring: the day before it is 07:00 UTC',
    fields: dayAndNight,
    start: '2026-03-28T06:30Z',
    minutes: 60,
    wh: 10_000,
    total: 325,
  },
  // 23:00 to 07:00 by the clock are 7 hours: 420 × 5, and one more hour by day: 60 × 10
  {
    name: 'spring: the night is an hour shorter, minutes are real',
    fields: {
      ...perMinute,
      elements: [{ ...night, energyRateMicros: null, timeRateMicros: 50_000 }],
    },
    start: '2026-03-28T23:00Z',
    minutes: 480,
    wh: 10_000,
    total: 2700,
  },
  {
    name: 'spring: an hour that does not exist has no price',
    fields: hour({ startTime: '01:00', endTime: '02:00' }),
    start: '2026-03-29T00:30Z',
    minutes: 60,
    wh: 10_000,
    total: 450,
  },
  // 01:00 to 02:00 is free, 2 of 3 hours: 6 × 45
  {
    name: 'autumn: the hour that is there twice counts twice',
    fields: hour({ startTime: '01:00', endTime: '02:00' }),
    start: '2026-10-24T23:30Z',
    minutes: 180,
    wh: 18_000,
    total: 270,
  },
  {
    name: 'autumn: 07:00 is 07:00 UTC on the day of the change',
    fields: dayAndNight,
    start: '2026-10-25T06:30Z',
    minutes: 60,
    wh: 10_000,
    total: 325,
  },
  {
    name: 'autumn: the day before it is 06:00 UTC',
    fields: dayAndNight,
    start: '2026-10-24T05:30Z',
    minutes: 60,
    wh: 10_000,
    total: 325,
  },
  // 23:00 to 07:00 by the clock are 9 hours: 540 × 5
  {
    name: 'autumn: a night across the change is nine hours',
    fields: {
      ...perMinute,
      elements: [{ ...night, energyRateMicros: null, timeRateMicros: 50_000 }],
    },
    start: '2026-10-24T22:00Z',
    minutes: 540,
    wh: 10_000,
    total: 2700,
  },
  // 1500 min × 1
  {
    name: 'autumn: Sunday has 25 hours',
    fields: { ...perMinute, elements: [{ days: ['sun'], timeRateMicros: 10_000 }] },
    start: '2026-10-24T23:00Z',
    minutes: 1500,
    wh: 10_000,
    total: 1500,
  },
  {
    name: 'New York changes on another day',
    fields: dayAndNight,
    zone: 'America/New_York',
    start: '2026-03-08T10:30Z',
    minutes: 60,
    wh: 10_000,
    total: 325,
  },
  // idle
  // 7 × 45 + 30 min × 10
  { name: 'idle after the charge', fields: idle, minutes: 90, wh: stays, total: 615 },
  // 7 × 45 + 15 min × 10
  {
    name: 'idle after a grace of 15 minutes',
    fields: { ...idle, idleGraceMinutes: 15 },
    minutes: 90,
    wh: stays,
    total: 465,
  },
  {
    name: 'idle within the grace costs nothing',
    fields: { ...idle, idleGraceMinutes: 30 },
    minutes: 90,
    wh: stays,
    total: 315,
  },
  // 7 × 45 + 60 min × 2 + 30 min × 10
  {
    name: 'time stops where idle begins',
    fields: { ...idle, timeRateMicros: 20_000 },
    minutes: 90,
    wh: stays,
    total: 735,
  },
  // 7 × 45 + 90 min × 2
  {
    name: 'without an idle price, time goes on',
    fields: { ...day, timeRateMicros: 20_000 },
    minutes: 90,
    wh: stays,
    total: 495,
  },
  // idle from 22:45: 15 min until 23:00 × 10, then nothing; 315 + 150
  {
    name: 'idle is free at night',
    fields: { ...idle, elements: [{ startTime: '23:00', endTime: '07:00', idleRateMicros: 0 }] },
    start: '2026-01-14T21:45Z',
    minutes: 90,
    wh: stays,
    total: 465,
  },
  { name: 'charging to the end is never idle', fields: idle, minutes: 60, wh: 7000, total: 315 },
  // least and most
  { name: 'at least £1', fields: { ...day, minMinor: 100 }, wh: 1000, total: 100 },
  { name: 'the least is not added to', fields: { ...day, minMinor: 45 }, wh: 1000, total: 45 },
  {
    name: 'without energy the least is not owed',
    fields: { ...day, minMinor: 100 },
    wh: 0,
    total: 0,
  },
  {
    name: 'while it runs the least is not owed yet',
    fields: { ...day, minMinor: 100 },
    wh: 1000,
    isRunning: true,
    total: 45,
  },
  { name: 'at most £15', fields: { ...day, maxMinor: 1500 }, wh: 40_000, total: 1500 },
  {
    name: 'the most includes tax that comes on top',
    fields: { ...day, taxIncluded: false, maxMinor: 1000 },
    wh: 40_000,
    total: 1000,
  },
  { name: 'at most nothing', fields: { ...day, maxMinor: 0 }, wh: 40_000, total: 0 },
  // steps
  // 20.1 → 21 × 45
  { name: 'a kWh begun is a kWh', fields: { ...day, energyStepWh: 1000 }, wh: 20_100, total: 945 },
  {
    name: 'a full step is no more',
    fields: { ...day, energyStepWh: 1000 },
    wh: 20_000,
    total: 900,
  },
  {
    name: 'a minute begun is a minute',
    fields: { ...perMinute, timeStepSeconds: 60 },
    minutes: 1,
    seconds: 1,
    wh: 100,
    total: 20,
  },
  // 46 → 60 min × 10
  {
    name: 'a quarter of an hour begun',
    fields: { ...perMinute, timeStepSeconds: 900 },
    minutes: 46,
    wh: 100,
    total: 600,
  },
  // 5.1 × 45 = 229.5 → 230, 5.1 + 0.8 = 5.9 × 20 = 118
  {
    name: 'the step is filled up once, at the last price',
    fields: { ...dayAndNight, energyStepWh: 1000 },
    start: '2026-01-14T22:30Z',
    minutes: 60,
    wh: 10_200,
    total: 348,
  },
  // energy, duration, power
  // 10 × 30 + 5 × 60
  { name: 'the first 10 kWh are cheaper', fields: tiers, wh: 15_000, total: 600 },
  { name: 'exactly 10 kWh are all cheaper', fields: tiers, wh: 10_000, total: 300 },
  // 5 × 20 + 5 × 45
  {
    name: 'a tier and the night together',
    fields: { ...day, elements: [{ ...night, maxWh: 5000 }] },
    start: '2026-01-14T23:00Z',
    minutes: 60,
    wh: 10_000,
    total: 325,
  },
  {
    name: 'an hour free, then £0.05 a minute',
    fields: { elements: [{ maxMinutes: 60, timeRateMicros: 0 }], timeRateMicros: 50_000 },
    minutes: 90,
    wh: 10_000,
    total: 150,
  },
  // 10 × 45 + 30 min × 20
  {
    name: 'dearer after two hours',
    fields: { ...day, elements: [{ minMinutes: 120, timeRateMicros: 200_000 }] },
    minutes: 150,
    wh: 10_000,
    total: 1050,
  },
  // 30 kWh in half an hour are 60 kW: 30 × 79, the other 10 × 45
  {
    name: 'dearer while it is fast',
    fields: { ...day, elements: [rapid] },
    minutes: 60,
    wh: [
      [0, 0],
      [30, 30_000],
      [60, 40_000],
    ],
    total: 2820,
  },
  {
    name: 'exactly 50 kW is fast',
    fields: { ...day, elements: [rapid] },
    minutes: 60,
    wh: 50_000,
    total: 3950,
  },
  {
    name: 'a watt less is not',
    fields: { ...day, elements: [rapid] },
    minutes: 60,
    wh: 49_999,
    total: 2250,
  },
  // 3 × 0.9 = 2.7 × 79 = 213.3 → 213, 3 × 0.2 = 0.6 × 45 = 27
  {
    name: 'to and fro: one line each, rounded once',
    fields: { ...day, elements: [rapid] },
    minutes: 6,
    wh: [
      [0, 0],
      [1, 900],
      [2, 1100],
      [3, 2000],
      [4, 2200],
      [5, 3100],
      [6, 3300],
    ],
    total: 240,
  },
  // 11 × 45 + 30 min at 2 kW × 5
  {
    name: 'a minute price below 3 kW only',
    fields: { ...day, elements: [{ maxPowerW: 3000, timeRateMicros: 50_000 }] },
    minutes: 60,
    wh: [
      [0, 0],
      [30, 10_000],
      [60, 11_000],
    ],
    total: 645,
  },
  // 60 kW: 30 × 45 before 23:00, 30 × 55 after
  {
    name: 'fast at night',
    fields: {
      ...day,
      elements: [{ ...rapid, startTime: '23:00', endTime: '07:00', energyRateMicros: 550_000 }],
    },
    start: '2026-01-14T22:30Z',
    minutes: 60,
    wh: 60_000,
    total: 3000,
  },
  // currencies
  // 20 × 45.5
  {
    name: 'yen have no pennies',
    fields: { currency: 'JPY', energyRateMicros: 45_500_000, taxBasisPoints: 1000 },
    wh: 20_000,
    total: 910,
  },
  // 20 × 0.0455 = 0.910
  {
    name: 'dinars have a thousand',
    fields: { currency: 'KWD', energyRateMicros: 45_500 },
    wh: 20_000,
    total: 910,
  },
  // not known
  { name: 'no tariff', fields: null, wh: 20_000, total: null },
  { name: 'an empty tariff', fields: {}, wh: 20_000, total: null },
  {
    name: 'a price for the night only, by day',
    fields: { elements: [night] },
    start: '2026-01-14T12:00Z',
    minutes: 60,
    wh: 10_000,
    total: null,
  },
  {
    name: 'a price for the night only, into the day',
    fields: { elements: [night] },
    start: '2026-01-14T06:30Z',
    minutes: 60,
    wh: 10_000,
    total: null,
  },
  {
    name: 'a time of day without a zone',
    fields: dayAndNight,
    zone: null,
    minutes: 60,
    wh: 10_000,
    total: null,
  },
  { name: 'a meter read once', fields: day, wh: [[0, 0]], total: null },
]
