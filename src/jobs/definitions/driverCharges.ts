import { requestCommand } from '../../commands/request'
import { channels } from '../../db/channels'
import type { Sql } from '../../db/pool'
import { noteStop } from '../../db/queries/app/charges'
import { claimOpenStarts, settleStart, type OpenStart } from '../../db/queries/app/openStarts'
import { pruneKeys } from '../../db/queries/app/idempotencyKeys'
import { readAppSettings } from '../../db/queries/app/settings'
import { pruneSignIns } from '../../db/queries/app/signIns'
import { captureHeld, holdMore, moneyOfStart, releaseHeld } from '../../db/queries/app/wallet'
import { withTransaction } from '../../db/tx'
import { limitReached } from '../../domain/app/chargeState'
import type { JobContext, JobDefinition } from '../job'

const startsAtOnce = 200
/** A stop that a charger did not follow is asked for again after this, so many times. */
const stopAgainMs = 60_000
const stopTriesMost = 5
/** A charger that was asked in vain may still begin: it was offline, or the plug came late. */
const lateStartMs = 3_600_000
/** More is set aside when so much of it is used up. */
const usedShare = 0.8

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
      for (const start of claimed) await tend(sql, start, { now: context.now(), holdMinor })
      return claimed
    })
    if (starts.length < startsAtOnce) return
    afterId = starts.at(-1)!.id
  }
}

type Around = { now: Date; holdMinor: number }

async function tend(sql: Sql, start: OpenStart, around: Around): Promise<void> {
  if (start.sessionId === null) return abandon(sql, start, around)
  if (start.stoppedAt === null) return watch(sql, start, around)
  if (start.sessionStatus === 'needs-review') return giveBack(sql, start)
  if (start.isPriced) return settle(sql, start, around)
}

/** The charger did not begin: the money is free at once, the start is over when it can begin no more. */
async function abandon(sql: Sql, start: OpenStart, { now }: Around): Promise<void> {
  if (!start.isCommandOver) return
  await giveBack(sql, start)
  if (now.getTime() - start.createdAt.getTime() > lateStartMs) await settleStart(sql, start.id, now)
}

/** Nothing is charged for what somebody has to look at first. */
async function giveBack(sql: Sql, start: OpenStart): Promise<void> {
  if (start.payment !== 'wallet' || !start.currency) return
  const { heldMinor, releases } = await moneyOfStart(sql, start.id)
  if (heldMinor > 0)
    await releaseHeld(sql, { ...moneyFor(start), amountMinor: heldMinor, nth: releases + 1 })
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
  const cause = limitReached(limit, spent) ?? (await raise(sql, start, around))
  if (cause) await stop(sql, start, cause, around.now)
}

/** More is set aside before what is there is used up; `funds` where nothing is left to set aside. */
async function raise(sql: Sql, start: OpenStart, { holdMinor }: Around): Promise<'funds' | null> {
  if (start.payment !== 'wallet' || !start.currency || start.costMinor === null) return null
  const { heldMinor, holds } = await moneyOfStart(sql, start.id)
  if (start.costMinor < heldMinor * usedShare) return null
  const posted = await holdMore(sql, {
    ...moneyFor(start),
    amountMinor: holdMinor,
    nth: holds + 1,
  })
  return posted === 'insufficient' ? 'funds' : null
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

/** The price is taken from what was set aside, and where that is too little, from what is there besides. */
async function settle(sql: Sql, start: OpenStart, { now }: Around): Promise<void> {
  if (start.payment === 'wallet' && start.currency) {
    const money = moneyFor(start)
    let of = await moneyOfStart(sql, start.id)
    const missing = (start.costMinor ?? 0) - of.capturedMinor - of.heldMinor
    if (missing > 0) await holdWhatIsThere(sql, start, missing, of.holds + 1)
    of = await moneyOfStart(sql, start.id)
    const due = Math.min(of.heldMinor, Math.max(0, (start.costMinor ?? 0) - of.capturedMinor))
    if (due > 0) await captureHeld(sql, { ...money, amountMinor: due, nth: of.captures + 1 })
    const rest = of.heldMinor - due
    if (rest > 0) await releaseHeld(sql, { ...money, amountMinor: rest, nth: of.releases + 1 })
  }
  await settleStart(sql, start.id, now)
  await sql.query('select pg_notify($1, $2)', [channels.event, ''])
}

async function holdWhatIsThere(
  sql: Sql,
  start: OpenStart,
  missing: number,
  nth: number,
): Promise<void> {
  const { rows } = await sql.query<{ left: number }>(
    `select balance_minor as left from app.accounts where kind = 'available' and driver_id = $1 and currency = $2 for update`,
    [start.driverId, start.currency],
  )
  const amountMinor = Math.min(missing, rows[0]?.left ?? 0)
  if (amountMinor > 0) await holdMore(sql, { ...moneyFor(start), amountMinor, nth })
}

const moneyFor = ({ currency, driverId, id, sessionId }: OpenStart) => ({
  driverId,
  startId: id,
  sessionId,
  currency: currency!,
})

/** Sign-ins and links that are over, and answers nobody asks for again. */
export const pruneAppJob: JobDefinition = {
  name: 'pruneApp',
  expression: '0 17 * * * *',
  catchUpAfterMs: 3_600_000,
  async run({ pool, now }) {
    await pruneSignIns(pool, now())
    await pruneKeys(pool, now())
  },
}
