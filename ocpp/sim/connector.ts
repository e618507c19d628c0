/**
 * One connector of a simulated charger: what is plugged in, who charges, what is broken. Its OCPP status follows from
 * that and is told when it changes. Its meter counts Wh and survives everything but the fault that resets it.
 */
import type { Inside } from './inside'
import { statusOf, type ConnectorState, type Status } from './connectorStatus'
import { charge, type Vehicle } from './physics'
import type { Answer } from './wire'
import { createTransactions, type StopReason } from './transactions'

export type { Status } from './connectorStatus'
export type { StopReason } from './transactions'

export type Connector = ReturnType<typeof createConnector>

type Verdict = 'started' | 'stopped' | 'awaiting' | 'refused'

/** A free, working connector; nothing is told until `announce`. */
export function createConnector(inside: Inside, id: number, registerWh?: number) {
  const state: ConnectorState = {
    id,
    vehicle: null,
    isFinished: false,
    awaitedTag: null,
    transaction: null,
    error: null,
    isOperative: true,
    wantsOperative: true,
    reservation: null,
    limitW: null,
    registerWh: registerWh ?? inside.random.whole(1_000, 9_000_000),
    powerW: 0,
    advancedAt: inside.clock.now().getTime(),
  }
  let told: string | null = null
  let listeners: (() => void)[] = []

  /** Lets the car charge up to now. */
  const advance = () => {
    const now = inside.clock.now().getTime()
    const seconds = (now - state.advancedAt) / 1000
    state.advancedAt = now
    if (!state.transaction || !state.vehicle || state.error || seconds <= 0) {
      state.powerW = 0
      return
    }
    const done = charge(inside.model, state.vehicle, seconds, state.limitW ?? undefined)
    state.registerWh += done.energyWh
    state.vehicle = done.vehicle
    state.powerW = done.powerW
  }

  /** Asks the profiles anew; what was drawn before counts by the old limit. */
  const limit = () => {
    const { transaction, vehicle } = state
    const running = transaction && {
      transactionId: transaction.transactionId,
      startedAt: new Date(transaction.startedAt),
      vehicle,
    }
    state.limitW = inside.profiles.limitW(id, running, inside.clock.now())
  }

  const tell = async (status: Status) => {
    const times = inside.knobs.statusTimes
    for (let time = 0; time < times; time++) {
      const answer = await sayStatus(inside, id, status, state)
      // Not known to have arrived: the next connect tells it again.
      if (answer.kind === 'lost') told = null
    }
    if (inside.knobs.ghostConnector)
      await sayStatus(inside, inside.knobs.ghostConnector, status, state)
  }

  /** Tells the status where it is another than was told last. */
  const refresh = async () => {
    limit()
    const status = statusOf(state)
    const news = `${status}/${state.error?.errorCode ?? ''}`
    for (const listener of listeners) listener()
    if (news === told || !inside.isOnline()) return
    told = news
    await tell(status)
  }

  const transactions = createTransactions(inside, state, { advance, refresh, tell })

  const isOwnCard = (idTag: string) => state.transaction?.idTag === idTag

  /** The driver holds a card to the reader: starts, stops, or waits for the plug. */
  const presentCard = async (idTag: string): Promise<Verdict> => {
    if (isOwnCard(idTag)) {
      await transactions.end('Local', idTag)
      return 'stopped'
    }
    if (state.transaction || !isUsable() || !isKeptFor(idTag)) return 'refused'
    if (!inside.knobs.isFreeVend && (await authorize(inside, idTag)) !== 'Accepted')
      return 'refused'
    return startOrAwait(idTag)
  }

  const startOrAwait = async (idTag: string): Promise<Verdict> => {
    if (state.vehicle && !state.transaction) {
      await transactions.begin(idTag)
      return 'started'
    }
    state.awaitedTag = idTag
    await refresh()
    inside.onAwaiting(id)
    void forgetLater(idTag)
    return 'awaiting'
  }

  /** `OCPP 1.6 ed2 §9.1.6 ConnectionTimeOut`: nobody plugged in, so the card is forgotten. */
  const forgetLater = async (idTag: string) => {
    await inside.clock.sleep(inside.configuration.number('ConnectionTimeOut'), inside.life)
    if (state.awaitedTag !== idTag) return
    state.awaitedTag = null
    await refresh()
  }

  const plugIn = async (vehicle: Vehicle) => {
    state.vehicle = vehicle
    state.isFinished = false
    const idTag = state.awaitedTag
    state.awaitedTag = null
    if (idTag) await transactions.begin(idTag)
    else await refresh()
  }

  const unplug = async () => {
    if (state.transaction) await transactions.end('EVDisconnected')
    state.vehicle = null
    state.isFinished = false
    await refresh()
  }

  /** `OCPP 1.6 ed2 §3.11`: for the card itself, or one of its group. */
  const isKeptFor = (idTag: string | undefined) => {
    const { reservation } = state
    if (!reservation || idTag === undefined) return !reservation
    return (
      reservation.idTag === idTag ||
      (reservation.parentIdTag !== null && inside.parents.get(idTag) === reservation.parentIdTag)
    )
  }

  const dropReservation = async (reservationId?: number) => {
    if (!state.reservation || (reservationId ?? state.reservation.id) !== state.reservation.id)
      return false
    state.reservation = null
    await refresh()
    return true
  }

  const isUsable = () => state.isOperative && state.wantsOperative && !state.error
  const isFree = (idTag?: string) =>
    isUsable() && !state.transaction && !state.isFinished && isKeptFor(idTag)

  return {
    id,
    status: () => statusOf(state),
    transaction: () => state.transaction,
    vehicle: () => state.vehicle,
    powerW: () => state.powerW,
    isFree,
    plugIn,
    unplug,
    presentCard,
    startOrAwait,
    /** `OCPP 1.6 ed2 §5.13 ReserveNow`; ends by itself at `expiresAt`. */
    reserve: async (
      reservation: { id: number; idTag: string; parentIdTag: string | null },
      expiresAt: Date,
    ) => {
      state.reservation = reservation
      await refresh()
      const seconds = (expiresAt.getTime() - inside.clock.now().getTime()) / 1000
      void inside.clock
        .sleep(Math.max(0, seconds), inside.life)
        .then((isAlive) => isAlive && dropReservation(reservation.id))
    },
    reservation: () => state.reservation,
    dropReservation,
    /** A profile was set or cleared. */
    relimit: async () => {
      advance()
      await refresh()
    },
    stop: (reason: StopReason) => transactions.end(reason),
    sampleNow: (context: string) => transactions.sample(context),
    /** `OCPP 1.6 ed2 §5.2`: takes effect now, or when the running charge has ended. */
    setOperative: async (isOperative: boolean): Promise<'Accepted' | 'Scheduled'> => {
      state.wantsOperative = isOperative
      if (state.transaction && !isOperative) return 'Scheduled'
      state.isOperative = isOperative
      if (!isOperative) state.reservation = null
      await refresh()
      return 'Accepted'
    },
    /** Breaks the connector; a running charge ends. */
    fail: async (
      errorCode: string,
      info: string | null = null,
      vendorErrorCode: string | null = null,
    ) => {
      advance()
      state.error = { errorCode, info, vendorErrorCode }
      state.reservation = null
      await refresh()
      if (state.transaction) await transactions.end('Other')
    },
    repair: async () => {
      state.error = null
      await refresh()
    },
    /** Tells the present status, also when it was told before (after a boot, or when triggered). */
    announce: async (isForced: boolean) => {
      if (isForced) told = null
      await refresh()
    },
    /** Resolves true once `holds` is true; false when the charger ends first. */
    until: (holds: () => boolean): Promise<boolean> => {
      if (holds()) return Promise.resolve(true)
      return new Promise((resolve) => {
        const settle = (met: boolean) => {
          listeners = listeners.filter((one) => one !== listener)
          inside.life.removeEventListener('abort', onEnd)
          resolve(met)
        }
        const listener = () => holds() && settle(true)
        const onEnd = () => settle(false)
        listeners.push(listener)
        inside.life.addEventListener('abort', onEnd, { once: true })
      })
    },
  }
}

function sayStatus(
  inside: Inside,
  connectorId: number,
  status: Status,
  state: ConnectorState,
): Promise<Answer> {
  return inside.say('StatusNotification', {
    connectorId,
    errorCode: state.error?.errorCode ?? 'NoError',
    status,
    timestamp: inside.deviceTime(),
    ...(state.error?.info ? { info: state.error.info } : {}),
    ...(state.error?.vendorErrorCode
      ? { vendorId: inside.model.vendor, vendorErrorCode: state.error.vendorErrorCode }
      : {}),
  })
}

/**
 * Asks the central system; offline the local list, the cache and the configuration decide, and with LocalPreAuthorize a
 * card that is good by them is not asked about (`OCPP 1.6 ed2 §3.5`). The list counts before the cache.
 */
export async function authorize(inside: Inside, idTag: string): Promise<string> {
  const { configuration, localList, cardCache, clock } = inside
  const listed = configuration.isOn('LocalAuthListEnabled')
    ? localList.statusOf(idTag, clock.now())
    : null
  const cached = configuration.isOn('AuthorizationCacheEnabled') ? cardCache.get(idTag) : undefined
  const known = listed ?? cached
  if (known === 'Accepted' && configuration.isOn('LocalPreAuthorize')) return known
  const answer = await inside.say('Authorize', { idTag })
  if (answer.kind === 'result') {
    const status = String((answer.payload.idTagInfo as { status?: unknown })?.status)
    cardCache.set(idTag, status)
    const { parentIdTag } = answer.payload.idTagInfo as { parentIdTag?: string }
    if (parentIdTag) inside.parents.set(idTag, parentIdTag)
    return status
  }
  if (answer.kind === 'error') return 'Invalid'
  if (known && inside.configuration.isOn('LocalAuthorizeOffline')) return known
  return inside.configuration.isOn('AllowOfflineTxForUnknownId') ? 'Accepted' : 'Invalid'
}
