import { z } from 'zod'

import { findEvse } from '@/db/queries/app/locations'
import { tariffAt } from '@/db/queries/app/prices'
import { estimate } from '@/domain/app/estimate'
import { notFound, ok, operation, problem } from '../operation'
import { currency, id, instantIn, minor, PriceLine, Tariff } from '../shapes'
import { lineView, tariffView } from '../views'

export const Estimate = z
  .object({
    tariffId: z.string().nullable(),
    energyWh: z.int(),
    seconds: z.int(),
    lines: z.array(PriceLine),
    totalMinor: minor.describe('Tax included.'),
    taxMinor: minor,
    currency,
  })
  .meta({ id: 'Estimate' })

export const price = [
  operation({
    id: 'getTariff',
    method: 'GET',
    path: '/evses/{id}/tariff',
    tag: 'Price',
    summary: 'What charging costs here, for this driver',
    auth: 'optional',
    ok: { status: 200, schema: Tariff },
    problems: ['not-found'],
    async run({ params }, { sql, driver }) {
      const evse = await findEvse(sql, { id: params['id']! }, driver?.id ?? null)
      if (!evse) return notFound('charger')
      const found = await tariffAt(sql, evse.connectorRow, driver?.id ?? null)
      return found ? ok(tariffView(found)) : notFound('price: none is set for this charger yet')
    },
  }),
  operation({
    id: 'estimatePrice',
    method: 'POST',
    path: '/price-estimates',
    tag: 'Price',
    summary: 'What a charge would cost',
    description: 'Computed by the function that makes the receipt, as if the energy flowed evenly.',
    auth: 'optional',
    body: z.strictObject({
      evseId: id,
      energyWh: z.int().min(0).max(1_000_000),
      minutes: z
        .int()
        .min(1)
        .max(7 * 24 * 60),
      at: instantIn.optional(),
    }),
    ok: { status: 200, schema: Estimate },
    problems: ['not-found', 'not-priced'],
    async run({ body }, { sql, driver, now }) {
      const evse = await findEvse(sql, { id: body.evseId }, driver?.id ?? null)
      if (!evse) return notFound('charger')
      const found = await tariffAt(sql, evse.connectorRow, driver?.id ?? null)
      if (!found) return notFound('price: none is set for this charger yet')
      const seconds = body.minutes * 60
      const {
        currency: code,
        lines,
        needsReview,
        taxMinor,
        totalMinor,
      } = estimate(found.tariff, {
        energyWh: body.energyWh,
        seconds,
        at: body.at ?? now,
        timezone: evse.timezone,
      })
      if (totalMinor === null || taxMinor === null)
        return problem('not-priced', needsReview ?? 'The price is not known.')
      return ok({
        tariffId: found.id,
        energyWh: body.energyWh,
        seconds,
        lines: lines.map(lineView),
        totalMinor,
        taxMinor,
        currency: code,
      })
    },
  }),
]
