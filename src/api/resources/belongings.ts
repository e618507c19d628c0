import { z } from 'zod'

import {
  addVehicle,
  blockOwnCard,
  dropVehicle,
  ownCards,
  ownFleet,
  ownVehicles,
  type OwnVehicle,
} from '@/db/queries/app/belongings'
import { forgetCard } from '@/commands/forgetCard'
import { insertAudit } from '@/db/queries/insertAudit'
import { created, me, noContent, notFound, ok, operation, problem } from '../operation'
import { id, instant } from '../shapes'
import { iso } from '../views'

const Card = z
  .object({
    id,
    label: z.string().nullable(),
    lastFour: z.string(),
    status: z.enum(['active', 'blocked', 'lost', 'expired']),
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'Card' })
const Vehicle = z
  .object({
    id,
    registration: z.string(),
    name: z.string().nullable(),
    fleet: z.string().nullable(),
  })
  .meta({ id: 'Vehicle' })
const Fleet = z.object({ id, name: z.string() }).meta({ id: 'Fleet' })

const vehicleView = ({ publicId, registration, name, fleet }: OwnVehicle) => ({
  id: publicId,
  registration,
  name,
  fleet,
})

export const belongings = [
  operation({
    id: 'listCards',
    method: 'GET',
    path: '/me/cards',
    tag: 'Cards, vehicles, fleets',
    summary: 'The charging cards of this driver',
    auth: 'driver',
    ok: { status: 200, schema: z.object({ cards: z.array(Card) }).meta({ id: 'Cards' }) },
    problems: [],
    async run(_input, context) {
      const cards = await ownCards(context.sql, me(context).id)
      return ok({ cards: cards.map((card) => ({ ...card, expiresAt: iso(card.expiresAt) })) })
    },
  }),
  operation({
    id: 'blockCard',
    method: 'POST',
    path: '/me/cards/{id}/block',
    tag: 'Cards, vehicles, fleets',
    summary: 'Block a card that is lost or not used',
    description: 'Chargers refuse it from the next tap on. Only the operator can open it again.',
    auth: 'driver',
    idempotency: 'required',
    body: z.strictObject({ isLost: z.boolean().optional() }),
    ok: { status: 204 },
    problems: ['not-found'],
    async run({ params, body }, context) {
      const driver = me(context)
      const status = body.isLost ? ('lost' as const) : ('blocked' as const)
      const card = await blockOwnCard(context.sql, driver.id, params['id']!, status)
      if (!card) return notFound('card')
      const actor = {
        name: `driver ${driver.publicId}`,
        role: 'driver',
        ip: context.ip,
        requestId: context.requestId,
      }
      await forgetCard(context.sql, { id: card.id, actor, now: context.now })
      await insertAudit(context.sql, {
        at: context.now,
        userId: null,
        actor: actor.name,
        role: actor.role,
        action: 'block',
        resource: 'rfid-cards',
        resourceId: String(card.id),
        siteId: card.siteId,
        before: null,
        after: JSON.stringify({ status }),
        result: 'ok',
        reason: null,
        ip: context.ip,
        requestId: context.requestId,
      })
      return noContent
    },
  }),
  operation({
    id: 'listVehicles',
    method: 'GET',
    path: '/me/vehicles',
    tag: 'Cards, vehicles, fleets',
    summary: 'The vehicles of this driver',
    auth: 'driver',
    ok: { status: 200, schema: z.object({ vehicles: z.array(Vehicle) }).meta({ id: 'Vehicles' }) },
    problems: [],
    async run(_input, context) {
      const vehicles = await ownVehicles(context.sql, me(context).id)
      return ok({ vehicles: vehicles.map(vehicleView) })
    },
  }),
  operation({
    id: 'addVehicle',
    method: 'POST',
    path: '/me/vehicles',
    tag: 'Cards, vehicles, fleets',
    summary: 'Add a vehicle',
    auth: 'driver',
    idempotency: 'required',
    body: z.strictObject({
      registration: z.string().trim().min(2, 'is the number plate').max(20),
      name: z.string().trim().max(60).optional(),
    }),
    ok: { status: 201, schema: Vehicle },
    problems: ['already-there'],
    async run({ body }, context) {
      const added = await addVehicle(context.sql, me(context).id, {
        registration: body.registration.toUpperCase().replace(/\s+/g, ' '),
        name: body.name ?? null,
      })
      return added
        ? created(vehicleView(added))
        : problem(
            'already-there',
            'A vehicle with this number plate is registered already. Ask us if it is yours.',
          )
    },
  }),
  operation({
    id: 'removeVehicle',
    method: 'DELETE',
    path: '/me/vehicles/{id}',
    tag: 'Cards, vehicles, fleets',
    summary: 'Remove a vehicle',
    auth: 'driver',
    ok: { status: 204 },
    problems: ['not-found'],
    async run({ params }, context) {
      const isGone = await dropVehicle(context.sql, me(context).id, params['id']!)
      return isGone ? noContent : notFound('vehicle')
    },
  }),
  operation({
    id: 'listFleets',
    method: 'GET',
    path: '/me/fleets',
    tag: 'Cards, vehicles, fleets',
    summary: 'The fleets this driver belongs to',
    auth: 'driver',
    ok: { status: 200, schema: z.object({ fleets: z.array(Fleet) }).meta({ id: 'Fleets' }) },
    problems: [],
    run: async (_input, context) => ok({ fleets: await ownFleet(context.sql, me(context).id) }),
  }),
]
