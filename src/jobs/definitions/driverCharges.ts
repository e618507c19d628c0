import { requestCommand } from '../../commands/request'
import type { Sql } from '../../db/pool'
import { linkCommand, noteStop } from '../../db/queries/app/starts'
import {
  claimOpenStarts,
  failStart,
  settleStart,
  type OpenStart,
} from '../../db/queries/app/openStarts'
import { pruneKeys } from '../../db/queries/app/idempotencyKeys'
import { prunePayments } from '../../db/queries/app/payments'
import { readAppSettings } from '../../db/queries/app/settings'
import { pruneSignIns } from '../../db/queries/app/signIns'
import { withTransaction } from '../../db/tx'
import { limitReached } from '../../domain/app/chargeState'
import type { JobContext, JobDefinition } from '../job'
import { beginningOf, giveBack, raiseHold, settleMoney, tellApps, type Around } from './chargeMoney'

const startsAtOnce = 200
/** A stop that a charger did not follow is asked for again after this, so many times. */
const stopAgainMs = 60_000
const stopTriesMost = 5
/** A charger that was asked in vain may still begin: it was offline, or the plug came late. */
const lateStartMs = 3_600_000

/**
 * `driverCharges`: what an app's charge needs while nobody looks: it is stopped at its limit, more is set aside while it
 * runs, and once it has its price that price is taken and the rest given back. All of it found in rows, so that a worker
 * that dies has done a thing or has not.
 */
export const driverCharges: JobDefinition = {
  name: 'driverCharges',
  expression: '*/2 * * * * *',
  run: tendCharges,
}

export async function tendCharges(context: JobContext): Promise<void> {
  const { holdMinor } = await readAppSettings(context.pool)
  for (let afterId = 0; ;) {
    const starts = await withTransaction(context.pool, async (sql) => {
      const claimed = await claimOpenStarts(sql, afterId, startsAtOnce)
      for (const start of claimed)
        await apart(sql, context, start, () => tend(sql, start, { now: context.now(), holdMinor }))
      return claimed
    })
    if (starts.length < startsAtOnce) return
    afterId = starts.at(-1)!.id
  }
}

/** One that cannot be tended is taken back by itself and does not hold up the others. */
async function apart(
  sql: Sql,
  { log }: JobContext,
  start: OpenStart,
  work: () => Promise<void>,
): Promise<void> {
  await sql.query('savepoint start')
  try {
    await work()
    await sql.query('release savepoint start')
  } catch (error) {
    await sql.query('rollback to savepoint start')
    log.warn({ err: error, start: start.id }, 'a charge of the app could not be tended')
  }
}

async function tend(sql: Sql, start: OpenStart, around: Around): Promise<void> {
  if (start.sessionId === null)
    return start.commandId === null ? begin(sql, start, around) : abandon(sql, start, around)
  if (start.stoppedAt === null) return watch(sql, start, around)
  if (start.sessionStatus === 'needs-review') return void (await giveBack(sql, start, around.now))
  if (start.isPriced) return settleMoney(sql, start, around)
}

/** A charge by card: the charger is asked once the card is good for it. */
async function begin(sql: Sql, start: OpenStart, { now }: Around): Promise<void> {
  const money = start.failure === null ? await beginningOf(sql, start, now) : 'over'
  if (money === 'wait') return
  if (money === 'ready') return askCharger(sql, start, now)
  if (start.failure === null) await failStart(sql, start.id, money === 'over' ? '' : money.failure)
  await endWithoutCharge(sql, start, now)
}

async function askCharger(sql: Sql, start: OpenStart, now: Date): Promise<void> {
  const { chargerId, connectorNumber, driverId, idTag } = start
  const asked = await requestCommand(sql, {
    asker: { kind: 'driver', driverId },
    charger: chargerId,
    action: 'RemoteStartTransaction',
    payload: { connectorId: connectorNumber, idTag },
    source: 'app',
    actor: { name: `driver ${start.driverPublicId}`, role: 'driver', ip: null, requestId: null },
    now,
  })
  if (asked.kind !== 'queued') {
    if (asked.status === 429) return
    await failStart(sql, start.id, 'This charger is not ready any more. Nothing is charged.')
    return endWithoutCharge(sql, start, now)
  }
  await linkCommand(sql, { startId: start.id, driverId, commandId: asked.id, what: 'start' })
  await tellApps(sql)
}

/** The charger did not begin: the money is free at once, the start is over when it can begin no more. */
async function abandon(sql: Sql, start: OpenStart, { now }: Around): Promise<void> {
  if (!start.isCommandOver) return
  const isGiven = await giveBack(sql, start, now)
  if (isGiven && now.getTime() - start.createdAt.getTime() > lateStartMs)
    await settleStart(sql, start.id, { dueMinor: 0, now })
}

/** Over once every card has let go. */
async function endWithoutCharge(sql: Sql, start: OpenStart, now: Date): Promise<void> {
  if (await giveBack(sql, start, now)) await settleStart(sql, start.id, { dueMinor: 0, now })
  await tellApps(sql)
}

async function watch(sql: Sql, start: OpenStart, around: Around): Promise<void> {
  const spent = {
    energyWh: start.energyWh,
    costMinor: start.costMinor,
    seconds: (around.now.getTime() - start.startedAt!.getTime()) / 1000,
  }
  const limit = {
    energyWh: start.limitWh,
    amountMinor: start.limitMinor,
    seconds: start.limitSeconds,
  }
  const cause = limitReached(limit, spent) ?? (await raiseHold(sql, start, around))
  if (cause) await stop(sql, start, cause, around.now)
}

async function stop(
  sql: Sql,
  start: OpenStart,
  cause: 'energy' | 'amount' | 'time' | 'funds',
  now: Date,
): Promise<void> {
  const isAsked =
    start.stopAskedAt !== null && now.getTime() - start.stopAskedAt.getTime() < stopAgainMs
  if (isAsked || start.stopTries >= stopTriesMost) return
  const asked = await requestCommand(sql, {
    asker: { kind: 'rule' },
    charger: start.chargerId,
    action: 'RemoteStopTransaction',
    payload: { transactionId: start.transactionId },
    source: 'rule',
    actor: { name: `limit of a charge (${cause})`, role: null, ip: null, requestId: null },
    now,
  })
  if (asked.kind === 'queued') await noteStop(sql, start.id, { commandId: asked.id, cause, now })
}

/** Sign-ins and links that are over, and answers nobody asks for again. */
export const pruneAppJob: JobDefinition = {
  name: 'pruneApp',
  expression: '0 17 * * * *',
  catchUpAfterMs: 3_600_000,
  async run({ pool, now }) {
    await pruneSignIns(pool, now())
    await pruneKeys(pool, now())
    await prunePayments(pool, now())
  },
}
