import { randomBytes } from 'node:crypto'
import { z } from 'zod'

import { requestCommand } from '@/commands/request'
import {
  activeCharges,
  chargeSamples,
  findCharge,
  findDriverCommand,
  insertStart,
  linkCommand,
  lockForStart,
  noteStop,
  setLimit,
  standingAt,
  type ChargeRow,
} from '@/db/queries/app/charges'
import { findEvse, type EvseRow } from '@/db/queries/app/locations'
import { tariffAt, type TariffNow } from '@/db/queries/app/prices'
import { findOwnVehicle } from '@/db/queries/app/belongings'
import { balances, holdMore } from '@/db/queries/app/wallet'
import { evseStatus, startBlockers, type Blocker } from '@/domain/app/evse'
import { appIdTag } from '@/domain/idToken'
import {
  me,
  notFound,
  ok,
  operation,
  problem,
  RefusedByDoor,
  type Context,
  type Problem,
} from '../operation'
import { Charge, Command, EvseDetail, id, instant, instantIn, Money, Tariff, wh } from '../shapes'
import { chargeView, evseView, iso, tariffView } from '../views'

const LimitIn = z
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
      hold: Money.nullable().describe('Set aside at the start, given back but for the price.'),
      walletAvailable: Money.nullable(),
    }),
  })
  .meta({ id: 'StartContext' })

const Started = z.object({ session: Charge, commandId: id }).meta({ id: 'Started' })

async function factsFor(context: Context, evse: EvseRow, tariff: TariffNow | null) {
  const driver = me(context)
  const { settings, sql, now } = context
  const currency = tariff?.tariff.currency ?? settings.currency
  const [standing, money] = await Promise.all([
    standingAt(sql, driver.id, evse.connectorRow, now),
    settings.billingEnabled ? balances(sql, driver.id, currency) : null,
  ])
  const availableMinor = money?.availableMinor ?? 0
  const blockers = startBlockers({
    status: evseStatus(evse.word, evse.isConnected),
    word: evse.word,
    isTakenByStart: standing.isTaken,
    runningCharges: standing.running,
    billing: {
      isOn: settings.billingEnabled,
      hasTariff: tariff !== null,
      availableMinor,
      holdMinor: settings.holdMinor,
      hasCard: false,
    },
  })
  return { blockers, availableMinor, currency }
}

function cannotStart(blockers: readonly Blocker[]): Problem {
  const [first] = blockers
  const isMoney = first?.code === 'insufficient-funds' || first?.code === 'payment-needed'
  return problem(isMoney ? 'insufficient-funds' : 'cannot-start', first?.sentence ?? '', {
    errors: blockers.map(({ code, sentence }) => ({ pointer: `/${code}`, detail: sentence })),
  })
}

export const charge = [
  operation({
    id: 'getStartContext',
    method: 'GET',
    path: '/me/start-context',
    tag: 'Charge',
    summary: 'Can I charge here, and what would it cost?',
    description: 'Everything the start button needs. Empty blockers: POST /sessions will be tried.',
    auth: 'driver',
    query: z.strictObject({ evseId: id }),
    ok: { status: 200, schema: StartContext },
    problems: ['not-found'],
    async run({ query }, context) {
      const driver = me(context)
      const evse = await findEvse(context.sql, { id: query.evseId }, driver.id)
      if (!evse) return notFound('charger')
      const tariff = await tariffAt(context.sql, evse.connectorRow, driver.id)
      const { availableMinor, blockers, currency } = await factsFor(context, evse, tariff)
      const vehicle = await findOwnVehicle(context.sql, driver.id, null)
      const { billingEnabled, holdMinor } = context.settings
      return ok({
        allowed: blockers.length === 0,
        blockers,
        evse: evseView(evse),
        tariff: tariff && tariffView(tariff),
        defaultVehicleId: vehicle?.publicId ?? null,
        payment: {
          required: billingEnabled,
          hold: billingEnabled ? { amountMinor: holdMinor, currency } : null,
          walletAvailable: billingEnabled ? { amountMinor: availableMinor, currency } : null,
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
      'Answered before the charger is: follow the session (its state goes from `requested` on) or the command. Plug in before or after. With billing on, money is set aside first.',
    auth: 'driver',
    idempotency: 'required',
    body: z.strictObject({
      evseId: id,
      vehicleId: id.optional(),
      limit: LimitIn.optional(),
    }),
    ok: { status: 202, schema: Started },
    problems: ['not-found', 'cannot-start', 'insufficient-funds', 'charger-not-ready'],
    async run({ body }, context) {
      const driver = me(context)
      const { now, settings, sql } = context
      const evse = await findEvse(sql, { id: body.evseId }, driver.id)
      if (!evse) return notFound('charger')
      const vehicle = body.vehicleId ? await findOwnVehicle(sql, driver.id, body.vehicleId) : null
      if (body.vehicleId && !vehicle) return notFound('vehicle')
      await lockForStart(sql, driver.id, evse.connectorRow)
      const tariff = await tariffAt(sql, evse.connectorRow, driver.id)
      const { blockers, currency } = await factsFor(context, evse, tariff)
      if (blockers.length > 0) return cannotStart(blockers)

      const idTag = appIdTag(randomBytes(8))
      const start = await insertStart(sql, {
        driverId: driver.id,
        siteId: evse.siteRow,
        chargerId: evse.chargerRow,
        connectorId: evse.connectorRow,
        connectorNumber: evse.connectorNumber,
        idTag,
        vehicleId: vehicle?.id ?? null,
        payment: settings.billingEnabled ? 'wallet' : 'none',
        currency: tariff ? currency : null,
        limitWh: body.limit?.energyWh ?? null,
        limitMinor: body.limit?.amountMinor ?? null,
        limitSeconds: body.limit?.minutes ? body.limit.minutes * 60 : null,
        now,
      })
      if (settings.billingEnabled) {
        const hold = { driverId: driver.id, startId: start.id, currency }
        const held = await holdMore(sql, { ...hold, amountMinor: settings.holdMinor, nth: 1 })
        // spent in between by another charge: the lock of this driver makes that rare, the ledger makes it harmless
        if (held !== 'posted')
          throw new RefusedByDoor(
            problem(
              'insufficient-funds',
              'There is not enough in your wallet for this charge. Top up.',
            ),
          )
      }
      const asked = await ask(context, evse.chargerRow, 'RemoteStartTransaction', {
        connectorId: evse.connectorNumber,
        idTag,
      })
      if (asked.kind === 'problem') throw new RefusedByDoor(asked)
      const commandId = await linkCommand(sql, {
        startId: start.id,
        driverId: driver.id,
        commandId: asked.id,
        what: 'start',
      })
      const row = await findCharge(sql, driver.id, start.publicId)
      return { kind: 'ok', status: 202, body: { session: chargeView(row!, now), commandId } }
    },
  }),
  operation({
    id: 'listActiveSessions',
    method: 'GET',
    path: '/sessions/active',
    tag: 'Charge',
    summary: 'What this driver charges now',
    auth: 'driver',
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
    ok: { status: 200, schema: Command },
    problems: ['not-found'],
    async run({ params }, context) {
      const row = await findDriverCommand(context.sql, me(context).id, params['id']!)
      return row ? ok(commandView(row)) : notFound('command')
    },
  }),
]

async function ask(
  context: Context,
  charger: number,
  action: 'RemoteStartTransaction' | 'RemoteStopTransaction' | 'UnlockConnector',
  payload: Record<string, unknown>,
): Promise<{ kind: 'queued'; id: number } | Problem> {
  const driver = me(context)
  const asked = await requestCommand(context.sql, {
    asker: { kind: 'driver', driverId: driver.id },
    charger,
    action,
    payload,
    source: 'app',
    actor: {
      name: `driver ${driver.publicId}`,
      role: 'driver',
      ip: context.ip,
      requestId: context.requestId,
    },
    now: context.now,
  })
  if (asked.kind === 'queued') return asked
  if (asked.status === 404) return notFound('charger')
  if (asked.status === 429)
    return problem(
      'too-many-requests',
      'This charger has much to do at the moment. Wait a little.',
      {
        retryAfterSeconds: 30,
      },
    )
  return problem('charger-not-ready', 'This charger is not ready yet. Try again in a moment.')
}

async function commandReply(
  context: Context,
  row: ChargeRow,
  commandId: number,
  what: 'stop' | 'unlock',
) {
  const driver = me(context)
  const publicId = await linkCommand(context.sql, {
    startId: row.startId,
    driverId: driver.id,
    commandId,
    what,
  })
  const found = await findDriverCommand(context.sql, driver.id, publicId)
  return { kind: 'ok' as const, status: 202, body: commandView(found!) }
}

function commandView(row: NonNullable<Awaited<ReturnType<typeof findDriverCommand>>>) {
  return {
    id: row.id,
    status: row.status,
    isFinal: row.isFinal,
    detail: row.outcome,
    sessionId: row.chargeId,
    at: iso(row.at),
  }
}
