import { z } from 'zod'

import { chargeStates } from '@/domain/app/chargeState'
import { evseStatuses } from '@/domain/app/evse'

/** What apps get to see, and nothing else: every answer is cut to one of these. */

export const id = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .describe('32 hexadecimal characters; never guessable, never reused.')
export const instant = z.iso.datetime({ offset: true }).describe('UTC, ISO 8601.')
export const instantIn = z.iso
  .datetime({ offset: true, error: 'is an instant, e.g. 2026-11-28T10:00:00Z' })
  .transform((text) => new Date(text))
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217.')
export const minor = z.int().describe('In the smallest unit of the currency: pence, cents.')
export const wh = z.int().min(0).describe('Watt-hours: 1000 are 1 kWh.')

const named = <T extends z.ZodType>(name: string, schema: T): T => schema.meta({ id: name }) as T

export const Money = named('Money', z.object({ amountMinor: minor, currency }))

export const Connector = named(
  'Connector',
  z.object({
    id: z.string().describe('The number written on the charger: 1, 2, …'),
    standard: z
      .string()
      .nullable()
      .describe('OCPI connector type, e.g. IEC_62196_T2_COMBO; null: not known.'),
    name: z.string().nullable().describe('What people call the plug.'),
    maxPowerW: z.int().nullable(),
  }),
)

export const Evse = named(
  'Evse',
  z.object({
    id,
    locationId: id,
    code: z.string().nullable().describe('Printed on the charger and in its QR code.'),
    chargerName: z.string(),
    label: z.string().nullable().describe('Which plug of the charger: "Left".'),
    status: z
      .enum(evseStatuses)
      .describe('OCPI. BLOCKED: plugged in, not charging: a charge can be started.'),
    statusSince: instant.nullable(),
    connectors: z.array(Connector),
  }),
)

export const EvseDetail = named(
  'EvseDetail',
  Evse.extend({
    lastProvenWorkingAt: instant.nullable().describe('When a charge here last gave energy.'),
    locationName: z.string(),
    locationAddress: z.string().nullable(),
    timeZone: z.string(),
  }),
)

export const Coordinates = named(
  'Coordinates',
  z.object({ latitude: z.number(), longitude: z.number() }),
)

export const Location = named(
  'Location',
  z.object({
    id,
    name: z.string(),
    address: z.string().nullable(),
    coordinates: Coordinates.nullable(),
    timeZone: z.string().describe('IANA.'),
    openingHours: z.string().nullable(),
    distanceM: z.int().nullable().describe('From the point that was asked about.'),
    evseCount: z.int(),
    availableCount: z.int().describe('AVAILABLE or BLOCKED: a charge can be started.'),
    chargingCount: z.int(),
    maxPowerW: z.int().nullable(),
    standards: z.array(z.string()),
    isFavourite: z.boolean(),
    updatedAt: instant,
  }),
)

export const LocationDetail = named('LocationDetail', Location.extend({ evses: z.array(Evse) }))

export const Cluster = named(
  'Cluster',
  z.object({
    coordinates: Coordinates,
    count: z.int(),
    bounds: z.object({ west: z.number(), south: z.number(), east: z.number(), north: z.number() }),
  }),
)

export const LocationPage = named(
  'LocationPage',
  z.object({
    locations: z.array(Location),
    clusters: z
      .array(Cluster)
      .describe('Where there are too many to list: so many lie around here.'),
    nextCursor: z.string().nullable(),
  }),
)

const count = z.int().min(0)
export const Tariff = named(
  'Tariff',
  z.object({
    id: z
      .string()
      .nullable()
      .describe('Snapshot: the same id is the same price. Frozen when a charge starts.'),
    name: z.string(),
    currency,
    taxBasisPoints: count.describe('2000 is 20 %.'),
    taxIncluded: z.boolean(),
    minMinor: minor.nullable(),
    maxMinor: minor.nullable(),
    elements: z
      .array(
        z.object({
          priceComponents: z.array(
            z.object({
              type: z.enum(['ENERGY', 'TIME', 'FLAT', 'PARKING_TIME']),
              rateMicros: count.describe(
                'Millionths of the currency per kWh, minute or charge: £0.45 is 450000.',
              ),
              stepSize: count.nullable().describe('Billed in steps of so many Wh or seconds.'),
              graceSeconds: count.nullable(),
              taxBasisPoints: count,
            }),
          ),
          restrictions: z
            .object({
              startTime: z.string().nullish(),
              endTime: z.string().nullish(),
              days: z.array(z.int()).nullish(),
              startDate: z.string().nullish(),
              endDate: z.string().nullish(),
              minWh: count.nullish(),
              maxWh: count.nullish(),
              minDurationSeconds: count.nullish(),
              maxDurationSeconds: count.nullish(),
              minPowerW: count.nullish(),
              maxPowerW: count.nullish(),
            })
            .nullable(),
        }),
      )
      .describe(
        'OCPI: at an instant, the first element that applies and has the component gives its price.',
      ),
    summary: z.array(z.string()).describe('The same for people.'),
  }),
)

export const PriceLine = named(
  'PriceLine',
  z.object({
    kind: z.enum(['energy', 'time', 'flat', 'parking', 'minimum', 'maximum', 'correction']),
    quantity: z.number().describe('Wh, seconds or charges.'),
    unit: z.enum(['Wh', 's', 'session']),
    rateMicros: z.int(),
    amountMinor: minor.describe('Before tax.'),
    taxMinor: minor,
    taxBasisPoints: z.int().nullable(),
    from: instant.nullable(),
    until: instant.nullable(),
  }),
)

export const Limit = named(
  'Limit',
  z.object({
    energyWh: z.int().nullable(),
    amountMinor: minor.nullable(),
    minutes: z.int().nullable(),
  }),
)

export const LimitIn = z
  .strictObject({
    energyWh: z.int().min(100, 'is at least 100 Wh').max(1_000_000).optional(),
    amountMinor: z.int().min(1).max(1_000_000).optional(),
    minutes: z
      .int()
      .min(1)
      .max(7 * 24 * 60)
      .optional(),
  })
  .describe('The charge is stopped at the first of these that is reached.')

export const Charge = named(
  'Charge',
  z.object({
    id,
    number: z
      .int()
      .nullable()
      .describe('Of the session, once it has begun; support knows it by this.'),
    state: z.enum(chargeStates),
    stateReason: z
      .string()
      .nullable()
      .describe('For people: why it failed, why it waits for review.'),
    startedBy: z.enum(['app', 'card']),
    evseId: id.nullable(),
    evseCode: z.string().nullable(),
    chargerName: z.string(),
    locationId: id,
    locationName: z.string(),
    timeZone: z.string(),
    requestedAt: instant.nullable(),
    startedAt: instant.nullable(),
    stoppedAt: instant.nullable(),
    durationSeconds: z.int().nullable(),
    energyWh: wh.nullable(),
    powerW: z.int().nullable(),
    socPercent: z.int().nullable().describe('Where the car tells.'),
    meterAt: instant.nullable(),
    costMinor: minor
      .nullable()
      .describe(
        'So far while it runs, tax included; final once priced. Null: not known, which is not zero.',
      ),
    currency: currency.nullable(),
    tariffId: z.string().nullable(),
    limit: Limit.nullable(),
    stopCause: z.enum(['driver', 'energy', 'amount', 'time', 'funds']).nullable(),
    vehicleId: id.nullable(),
    payment: z.enum(['none', 'wallet', 'card']),
    paymentId: id
      .nullable()
      .describe('Waits for the driver: GET /me/payments/{id} says for what. Null: nothing to do.'),
    dueMinor: minor.describe('Could not be taken: POST /sessions/{id}/payments/retry.'),
  }),
)

export const ChargePage = named(
  'ChargePage',
  z.object({ sessions: z.array(Charge), nextCursor: z.string().nullable() }),
)

export const Command = named(
  'Command',
  z.object({
    id,
    status: z.enum(['queued', 'sent', 'accepted', 'rejected', 'failed', 'timeout', 'effective']),
    isFinal: z.boolean(),
    detail: z.string().nullable(),
    sessionId: id.nullable(),
    at: instant,
  }),
)

export const Receipt = named(
  'Receipt',
  z.object({
    sessionId: id,
    number: z.int(),
    issuer: z.string(),
    driverName: z.string(),
    locationName: z.string(),
    locationAddress: z.string().nullable(),
    chargerName: z.string(),
    timeZone: z.string(),
    startedAt: instant,
    stoppedAt: instant,
    durationSeconds: z.int(),
    energyWh: wh,
    lines: z.array(PriceLine),
    netMinor: minor,
    taxMinor: minor,
    totalMinor: minor.describe('With what was corrected afterwards; the lines add up to it.'),
    taxes: z
      .array(z.object({ taxBasisPoints: z.int().nullable(), netMinor: minor, taxMinor: minor }))
      .describe('By rate.'),
    currency,
    dueMinor: minor,
    paid: z.object({ method: z.enum(['none', 'wallet', 'card']), amountMinor: minor }),
    ended: z.object({
      code: z.string(),
      label: z.string(),
      sentence: z.string(),
      canStartAgain: z.boolean(),
    }),
  }),
)

export const Tokens = named(
  'Tokens',
  z.object({
    accessToken: z.string(),
    accessTokenExpiresAt: instant,
    refreshToken: z.string().describe('Good once: each renewal brings a new one.'),
    refreshTokenExpiresAt: instant,
  }),
)

export const Me = named(
  'Me',
  z.object({
    id,
    name: z.string(),
    email: z.string(),
    phone: z.string().nullable(),
    isEmailVerified: z.boolean(),
    hasSecondFactor: z.boolean(),
  }),
)

export const Problem = named(
  'Problem',
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable: branch on this.'),
    detail: z.string().describe('For people: what happened and what helps.'),
    instance: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  }),
)
