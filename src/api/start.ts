import { randomBytes } from 'node:crypto'
import type { z } from 'zod'

import { findCharge } from '@/db/queries/app/charges'
import { insertStart, linkCommand, lockForStart, standingAt } from '@/db/queries/app/starts'
import type { EvseRow } from '@/db/queries/app/locations'
import { findOwnMethod, type OwnMethod } from '@/db/queries/app/paymentMethods'
import { insertPayment } from '@/db/queries/app/payments'
import { tariffAt, type TariffNow } from '@/db/queries/app/prices'
import { balances, holdMore } from '@/db/queries/app/wallet'
import { readSpentUntil } from '@/db/queries/budgets'
import { spentSentence } from '@/domain/budget'
import { evseStatus, startBlockers, type Blocker } from '@/domain/app/evse'
import { costsNothing, holdFor } from '@/domain/app/hold'
import { appIdTag } from '@/domain/idToken'
import { me, notFound, problem, RefusedByDoor, type Context, type Problem } from './operation'
import type { LimitIn } from './shapes'
import { chargeView } from './views'
import { ask } from './wishes'

type Limit = z.infer<typeof LimitIn>

/** How a charge here would be paid. `checkout`: on a page of the provider, where the card is typed in. */
export type Standing = {
  tariff: TariffNow | null
  blockers: Blocker[]
  payment: 'none' | 'wallet' | 'card'
  method: OwnMethod | null
  currency: string
  holdMinor: number
  availableMinor: number
}

export type Wish = {
  evse: EvseRow
  limit: Limit | undefined
  /** Of this driver; undefined: the wallet, or the card he pays with where the wallet has too little. */
  paymentMethodId?: string | undefined
  vehicleRow: number | null
}

/** `standingFor`: whether this driver can charge here now, and what would be set aside how. */
export async function standingFor(
  context: Context,
  { evse, limit, paymentMethodId }: Omit<Wish, 'vehicleRow'>,
): Promise<Standing> {
  const driver = me(context)
  const { cards, settings, sql, now } = context
  const tariff = await tariffAt(sql, evse.connectorRow, driver.id)
  const currency = tariff?.tariff.currency ?? settings.currency
  const isPaid = settings.billingEnabled && !(tariff && costsNothing(tariff.tariff))
  const holdMinor = tariff
    ? holdFor({
        tariff: tariff.tariff,
        limit: limitRow(limit),
        maxPowerW: evse.maxPowerW,
        usualMinor: settings.holdMinor,
        at: now,
        timezone: evse.timezone,
      })
    : settings.holdMinor
  const standing = await standingAt(sql, driver.id, evse.connectorRow, now)
  const spent = await readSpentUntil(sql, { driverId: driver.id }, now)
  const money = isPaid ? await balances(sql, driver.id, currency) : null
  const method =
    isPaid && cards ? await findOwnMethod(sql, driver.id, paymentMethodId ?? null) : null
  const availableMinor = money?.availableMinor ?? 0
  const isByCard =
    isPaid &&
    cards !== null &&
    (driver.isGuest ||
      (method !== null && (paymentMethodId !== undefined || availableMinor < holdMinor)))
  const blockers = startBlockers({
    status: evseStatus(evse.word, evse.isConnected),
    word: evse.word,
    isTakenByStart: standing.isTaken,
    runningCharges: standing.running,
    budgetProblem: spent && spentSentence(spent),
    billing: {
      isOn: isPaid,
      hasTariff: tariff !== null,
      availableMinor,
      holdMinor,
      dueMinor: standing.dueMinor,
      hasCard: isByCard,
    },
  })
  return {
    tariff,
    blockers,
    payment: isByCard ? 'card' : isPaid ? 'wallet' : 'none',
    method,
    currency,
    holdMinor,
    availableMinor,
  }
}

/**
 * `startCharge`: the start with its money set aside, in the transaction of this request, and the charger asked; one that
 * is paid by card waits for the card (`jobs/driverCharges` asks the charger then).
 */
export async function startCharge(context: Context, wish: Wish) {
  const driver = me(context)
  const { cards, now, sql } = context
  const { evse } = wish
  await lockForStart(sql, driver.id, evse.connectorRow)
  const standing = await standingFor(context, wish)
  const { blockers, currency, holdMinor, method, payment, tariff } = standing
  if (wish.paymentMethodId !== undefined && payment === 'card' && !method)
    return notFound('payment method')
  if (blockers.length > 0) return cannotStart(blockers)

  const limit = limitRow(wish.limit)
  const idTag = appIdTag(randomBytes(8))
  const start = await insertStart(sql, {
    driverId: driver.id,
    siteId: evse.siteRow,
    chargerId: evse.chargerRow,
    connectorId: evse.connectorRow,
    connectorNumber: evse.connectorNumber,
    idTag,
    vehicleId: wish.vehicleRow,
    payment,
    currency: tariff ? currency : null,
    limitWh: limit.energyWh,
    limitMinor: limit.amountMinor,
    limitSeconds: limit.seconds,
    holdMinor: payment === 'none' ? null : holdMinor,
    methodId: payment === 'card' ? (method?.row ?? null) : null,
    now,
  })
  if (payment === 'wallet') {
    const hold = { driverId: driver.id, startId: start.id, currency }
    const held = await holdMore(sql, { ...hold, amountMinor: holdMinor, nth: 1 })
    // spent in between by another charge: the lock of this driver makes that rare, the ledger makes it harmless
    if (held !== 'posted') throw new RefusedByDoor(tooLittle)
  }
  let commandId: string | null = null
  if (payment === 'card' && cards)
    await insertPayment(sql, {
      driverId: driver.id,
      startId: start.id,
      purpose: 'charge',
      provider: cards.name,
      amountMinor: holdMinor,
      currency,
      methodId: method?.row ?? null,
      wish: method ? 'authorise' : 'checkout',
      now,
    })
  else {
    const asked = await ask(context, evse.chargerRow, 'RemoteStartTransaction', {
      connectorId: evse.connectorNumber,
      idTag,
    })
    if (asked.kind === 'problem') throw new RefusedByDoor(asked)
    commandId = await linkCommand(sql, {
      startId: start.id,
      driverId: driver.id,
      commandId: asked.id,
      what: 'start',
    })
  }
  const row = await findCharge(sql, driver.id, start.publicId)
  return {
    kind: 'started' as const,
    startId: start.id,
    body: { session: chargeView(row!, now), commandId },
  }
}

const tooLittle = problem(
  'insufficient-funds',
  'There is not enough in your wallet for this charge. Top up.',
)

export function cannotStart(blockers: readonly Blocker[]): Problem {
  const [first] = blockers
  const isMoney = ['insufficient-funds', 'payment-needed', 'payment-due'].includes(
    first?.code ?? '',
  )
  return problem(isMoney ? 'insufficient-funds' : 'cannot-start', first?.sentence ?? '', {
    errors: blockers.map(({ code, sentence }) => ({ pointer: `/${code}`, detail: sentence })),
  })
}

const limitRow = (limit: Limit | undefined) => ({
  energyWh: limit?.energyWh ?? null,
  amountMinor: limit?.amountMinor ?? null,
  seconds: limit?.minutes === undefined ? null : limit.minutes * 60,
})
