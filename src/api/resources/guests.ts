import { z } from 'zod'

import { insertGuest } from '@/db/queries/app/guests'
import { findEvse } from '@/db/queries/app/locations'
import { withTransaction } from '@/db/tx'
import { notFound, operation, problem, RefusedByDoor } from '../operation'
import { Charge, id, LimitIn, Tokens } from '../shapes'
import { newSignIn } from '../signIn'
import { startCharge } from '../start'

const GuestCharge = z
  .object({
    session: Charge,
    commandId: id.nullable(),
    tokens: Tokens.describe('Good for this one charge: follow, stop, pay, receipt.'),
  })
  .meta({ id: 'GuestCharge' })

export const guests = [
  operation({
    id: 'startGuestSession',
    method: 'POST',
    path: '/guest-sessions',
    tag: 'Charge',
    summary: 'Charge once, without an account',
    description:
      'Where the network allows it (GET /config, `features.guests`). Free charging starts at once; else `session.paymentId` leads to the page where the card is typed in (GET /me/payments/{id}, `checkoutUrl`), and the charger is asked once the card is good for it.',
    auth: 'none',
    isCostly: true,
    body: z.strictObject({ evseId: id, limit: LimitIn.optional() }),
    ok: { status: 202, schema: GuestCharge },
    problems: [
      'guests-switched-off',
      'not-found',
      'cannot-start',
      'insufficient-funds',
      'charger-not-ready',
    ],
    async run({ body }, context) {
      if (!context.settings.guestCharging)
        return problem('guests-switched-off', 'Charging here needs an account. Sign in first.')
      // only what anybody may know of
      const evse = await findEvse(context.sql, { id: body.evseId }, null)
      if (!evse) return notFound('charger')
      return withTransaction(context.pool, async (sql) => {
        const driver = await insertGuest(sql, evse.siteRow)
        const asGuest = { ...context, sql, driver }
        const started = await startCharge(asGuest, { evse, limit: body.limit, vehicleRow: null })
        if (started.kind === 'problem') throw new RefusedByDoor(started)
        const reply = await newSignIn(asGuest, driver.id, { startId: started.startId })
        const tokens = reply.kind === 'ok' ? reply.body : null
        return { kind: 'ok', status: 202, body: { ...started.body, tokens } }
      })
    },
  }),
]
