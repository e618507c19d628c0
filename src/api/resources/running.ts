import { z } from 'zod'

import { activeCharges, findCharge } from '@/db/queries/app/charges'
import { chargeSamples } from '@/db/queries/app/receipts'
import { findDriverCommand, noteStop, setLimit } from '@/db/queries/app/starts'
import { me, notFound, ok, operation, problem, RefusedByDoor } from '../operation'
import { Charge, Command, instant, instantIn, LimitIn, wh } from '../shapes'
import { chargeView } from '../views'
import { ask, commandReply, commandView } from '../wishes'

/** A charge that is under way: looked at, limited, stopped. */
export const running = [
  operation({
    id: 'listActiveSessions',
    method: 'GET',
    path: '/sessions/active',
    tag: 'Charge',
    summary: 'What this driver charges now',
    auth: 'driver',
    isForGuests: true,
    ok: {
      status: 200,
      schema: z.object({ sessions: z.array(Charge) }).meta({ id: 'ActiveSessions' }),
    },
    problems: [],
    async run(_input, context) {
      const rows = await activeCharges(context.sql, me(context).id, context.now)
      return ok({ sessions: rows.map((row) => chargeView(row, context.now)) })
    },
  }),
  operation({
    id: 'getSession',
    method: 'GET',
    path: '/sessions/{id}',
    tag: 'Charge',
    summary: 'One charge, as it stands',
    auth: 'driver',
    isForGuests: true,
    ok: { status: 200, schema: Charge },
    problems: ['not-found'],
    async run({ params }, context) {
      const row = await findCharge(context.sql, me(context).id, params['id']!)
      return row ? ok(chargeView(row, context.now)) : notFound('session')
    },
  }),
  operation({
    id: 'stopSession',
    method: 'POST',
    path: '/sessions/{id}/stop',
    tag: 'Charge',
    summary: 'Stop a charge',
    description: 'Answered before the charger is: the session ends when the charger says so.',
    auth: 'driver',
    isForGuests: true,
    idempotency: 'required',
    ok: { status: 202, schema: Command },
    problems: ['not-found', 'cannot-stop', 'charger-not-ready'],
    async run({ params }, context) {
      const row = await findCharge(context.sql, me(context).id, params['id']!)
      if (!row) return notFound('session')
      if (row.stoppedAt || row.sessionId === null || row.transactionId === null)
        return problem(
          'cannot-stop',
          row.stoppedAt
            ? 'This charge has ended already.'
            : 'This charge has not begun: there is nothing to stop yet.',
        )
      const asked = await ask(context, row.chargerRow, 'RemoteStopTransaction', {
        transactionId: row.transactionId,
      })
      if (asked.kind === 'problem') throw new RefusedByDoor(asked)
      if (row.startId !== null)
        await noteStop(context.sql, row.startId, {
          commandId: asked.id,
          cause: 'driver',
          now: context.now,
        })
      return commandReply(context, row, asked.id, 'stop')
    },
  }),
  operation({
    id: 'unlockConnector',
    method: 'POST',
    path: '/sessions/{id}/unlock',
    tag: 'Charge',
    summary: 'Release the plug of a charge that has just ended',
    auth: 'driver',
    isForGuests: true,
    idempotency: 'required',
    ok: { status: 202, schema: Command },
    problems: ['not-found', 'still-charging', 'charger-not-ready'],
    async run({ params }, context) {
      const row = await findCharge(context.sql, me(context).id, params['id']!)
      if (!row || row.sessionId === null || row.connectorNumber === null) return notFound('session')
      if (!row.stoppedAt)
        return problem(
          'still-charging',
          'This charge is under way. Stop it first; then the plug comes free.',
        )
      const asked = await ask(context, row.chargerRow, 'UnlockConnector', {
        connectorId: row.connectorNumber,
      })
      if (asked.kind === 'problem') throw new RefusedByDoor(asked)
      return commandReply(context, row, asked.id, 'unlock')
    },
  }),
  operation({
    id: 'setLimit',
    method: 'PATCH',
    path: '/sessions/{id}/limit',
    tag: 'Charge',
    summary: 'Change the limit of a charge that runs',
    description: 'Replaces the whole limit; an empty object takes it away.',
    auth: 'driver',
    isForGuests: true,
    body: LimitIn,
    ok: { status: 200, schema: Charge },
    problems: ['not-found', 'cannot-stop'],
    async run({ params, body }, context) {
      const driver = me(context)
      const row = await findCharge(context.sql, driver.id, params['id']!)
      if (!row || row.startId === null) return notFound('session that the app started')
      if (row.stoppedAt) return problem('cannot-stop', 'This charge has ended already.')
      await setLimit(context.sql, row.startId, {
        wh: body.energyWh ?? null,
        minor: body.amountMinor ?? null,
        seconds: body.minutes === undefined ? null : body.minutes * 60,
      })
      const changed = await findCharge(context.sql, driver.id, row.id)
      return ok(chargeView(changed!, context.now))
    },
  }),
  operation({
    id: 'listSamples',
    method: 'GET',
    path: '/sessions/{id}/samples',
    tag: 'Charge',
    summary: 'The readings of the meter, for a curve',
    auth: 'driver',
    isForGuests: true,
    query: z.strictObject({
      after: instantIn.optional(),
      everySeconds: z.coerce.number().int().min(1).max(3600).optional(),
    }),
    ok: {
      status: 200,
      schema: z
        .object({
          samples: z.array(
            z.object({
              at: instant,
              energyWh: wh.nullable().describe('Since the start of this charge.'),
              powerW: z.int().nullable(),
              socPercent: z.int().nullable(),
            }),
          ),
          isComplete: z.boolean().describe('False: ask again with `after` the last of these.'),
        })
        .meta({ id: 'Samples' }),
    },
    problems: ['not-found'],
    async run({ params, query }, context) {
      const row = await findCharge(context.sql, me(context).id, params['id']!)
      if (!row) return notFound('session')
      if (row.sessionId === null) return ok({ samples: [], isComplete: true })
      const limit = 2_000
      const found = await chargeSamples(context.sql, {
        chargerId: row.chargerRow,
        sessionId: row.sessionId,
        after: query.after ?? null,
        everySeconds: query.everySeconds ?? 10,
        limit: limit + 1,
      })
      const first = row.meterStartWh
      return ok({
        samples: found.slice(0, limit).map((sample) => ({
          at: sample.at.toISOString(),
          energyWh:
            sample.energyWh === null || first === null
              ? null
              : Math.max(0, sample.energyWh - first),
          powerW: sample.powerW === null ? null : Math.round(sample.powerW),
          socPercent: sample.socPercent === null ? null : Math.round(sample.socPercent),
        })),
        isComplete: found.length <= limit,
      })
    },
  }),
  operation({
    id: 'getCommand',
    method: 'GET',
    path: '/commands/{id}',
    tag: 'Charge',
    summary: 'What became of a start, a stop, an unlock',
    auth: 'driver',
    isForGuests: true,
    ok: { status: 200, schema: Command },
    problems: ['not-found'],
    async run({ params }, context) {
      const row = await findDriverCommand(context.sql, me(context).id, params['id']!)
      return row ? ok(commandView(row)) : notFound('command')
    },
  }),
]
