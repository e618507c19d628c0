import { z } from 'zod'

import { findOwnVehicle } from '@/db/queries/app/belongings'
import { findEvse } from '@/db/queries/app/locations'
import { me, notFound, ok, operation } from '../operation'
import { Charge, EvseDetail, id, LimitIn, Money, Tariff } from '../shapes'
import { standingFor, startCharge } from '../start'
import { evseView, tariffView } from '../views'

const BlockerOut = z.object({ code: z.string(), sentence: z.string() }).meta({ id: 'Blocker' })

const StartContext = z
  .object({
    allowed: z.boolean(),
    blockers: z.array(BlockerOut),
    evse: EvseDetail.omit({
      lastProvenWorkingAt: true,
      locationName: true,
      locationAddress: true,
      timeZone: true,
    }),
    tariff: Tariff.nullable(),
    defaultVehicleId: id.nullable(),
    payment: z.object({
      required: z.boolean(),
      method: z.enum(['none', 'wallet', 'card']).describe('What POST /sessions would use.'),
      hold: Money.nullable().describe('Set aside at the start, given back but for the price.'),
      walletAvailable: Money.nullable(),
      paymentMethodId: id.nullable(),
    }),
  })
  .meta({ id: 'StartContext' })

export const Started = z
  .object({
    session: Charge,
    commandId: id.nullable().describe('Null: the charger is asked once the card is good for it.'),
  })
  .meta({ id: 'Started' })

export const charge = [
  operation({
    id: 'getStartContext',
    method: 'GET',
    path: '/me/start-context',
    tag: 'Charge',
    summary: 'Can I charge here, and what would it cost?',
    description:
      'Everything the start button needs. Empty blockers: POST /sessions will be tried. With a limit, what is set aside is what the limit would cost and a tenth more.',
    auth: 'driver',
    query: z.strictObject({
      evseId: id,
      limitWh: z.coerce.number().int().min(100).max(1_000_000).optional(),
      limitMinor: z.coerce.number().int().min(1).max(1_000_000).optional(),
    }),
    ok: { status: 200, schema: StartContext },
    problems: ['not-found'],
    async run({ query }, context) {
      const driver = me(context)
      const evse = await findEvse(context.sql, { id: query.evseId }, driver.id)
      if (!evse) return notFound('charger')
      const limit = {
        ...(query.limitWh ? { energyWh: query.limitWh } : {}),
        ...(query.limitMinor ? { amountMinor: query.limitMinor } : {}),
      }
      const standing = await standingFor(context, { evse, limit })
      const vehicle = await findOwnVehicle(context.sql, driver.id, null)
      const { blockers, currency, tariff } = standing
      const isPaid = standing.payment !== 'none'
      const money = (amountMinor: number) => (isPaid ? { amountMinor, currency } : null)
      return ok({
        allowed: blockers.length === 0,
        blockers,
        evse: evseView(evse),
        tariff: tariff && tariffView(tariff),
        defaultVehicleId: vehicle?.publicId ?? null,
        payment: {
          required: isPaid,
          method: standing.payment,
          hold: money(standing.holdMinor),
          walletAvailable: money(standing.availableMinor),
          paymentMethodId: standing.payment === 'card' ? (standing.method?.id ?? null) : null,
        },
      })
    },
  }),
  operation({
    id: 'startSession',
    method: 'POST',
    path: '/sessions',
    tag: 'Charge',
    summary: 'Start a charge',
    description:
      'Answered before the charger is: follow the session (its state goes from `requested` on) or the command. Plug in before or after. With billing on, money is set aside first: from the wallet, or from a card (`paymentMethodId`, or the default one where the wallet has too little); the charger is asked once the card is good for it, and a `paymentId` in the session says that the driver has to do something for that.',
    auth: 'driver',
    idempotency: 'required',
    body: z.strictObject({
      evseId: id,
      vehicleId: id.optional(),
      paymentMethodId: id.optional(),
      limit: LimitIn.optional(),
    }),
    ok: { status: 202, schema: Started },
    problems: ['not-found', 'cannot-start', 'insufficient-funds', 'charger-not-ready'],
    async run({ body }, context) {
      const driver = me(context)
      const evse = await findEvse(context.sql, { id: body.evseId }, driver.id)
      if (!evse) return notFound('charger')
      const vehicle = body.vehicleId
        ? await findOwnVehicle(context.sql, driver.id, body.vehicleId)
        : null
      if (body.vehicleId && !vehicle) return notFound('vehicle')
      const started = await startCharge(context, {
        evse,
        limit: body.limit,
        paymentMethodId: body.paymentMethodId,
        vehicleRow: vehicle?.id ?? null,
      })
      return started.kind === 'problem' ? started : { kind: 'ok', status: 202, body: started.body }
    },
  }),
]
