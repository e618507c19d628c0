/**
 * A connector kept free for somebody: what becomes of the wish by what the charger answers and reports. The charger ends
 * a reservation by itself when it is used, when its time is over, and when its connector faults or goes out of use
 * (OCPP 1.6 ed2 §3.11, §5.13; QUIRKS 27); nothing is sent for that.
 */
export const reservationStates = [
  'requested',
  'accepted',
  'used',
  'expired',
  'cancelled',
  'cancelled-by-fault',
  'refused',
] as const
export type ReservationState = (typeof reservationStates)[number]

/** How a command of ours ended; `reason` is for programs, `outcome` for people. */
export type CommandEnd = { status: string; reason: string | null; outcome: string | null }

export type OpenReservation = {
  state: 'requested' | 'accepted'
  until: Date
  /** How ReserveNow ended; null while it is under way. */
  reserve: CommandEnd | null
  /** How CancelReservation ended; null while it is under way, and where nobody cancelled. */
  cancel: CommandEnd | null
  /** The session that used it. */
  sessionId: number | null
  /** What took the connector away since the charger accepted: `Faulted` or `Unavailable`. */
  lostTo: string | null
}

export type ReservationStep = { state: ReservationState; reason: string | null }

const acceptances = new Set(['accepted', 'effective'])
/** The charger answered, and knew of no such reservation: it is gone there, whatever ended it. */
const isUnknownThere = (cancel: CommandEnd) =>
  cancel.status === 'rejected' && cancel.reason === 'charger-rejected'

/** `nextReservationStep`: what a reservation becomes now, or null where it stays. A final state is never asked about. */
export function nextReservationStep(open: OpenReservation, now: Date): ReservationStep | null {
  const { state, reserve, cancel, until } = open
  if (open.sessionId !== null) return { state: 'used', reason: 'Its charge has begun.' }
  if (state === 'requested') {
    if (!reserve) return null
    return acceptances.has(reserve.status)
      ? { state: 'accepted', reason: null }
      : { state: 'refused', reason: reserve.outcome }
  }
  if (cancel && acceptances.has(cancel.status)) return { state: 'cancelled', reason: null }
  if (cancel && isUnknownThere(cancel))
    return { state: 'cancelled', reason: 'The charger no longer knew of it.' }
  if (open.lostTo !== null)
    return {
      state: 'cancelled-by-fault',
      reason:
        open.lostTo === 'Faulted'
          ? 'The connector reported a fault.'
          : 'The connector was taken out of use.',
    }
  if (until <= now) return { state: 'expired', reason: 'Nobody came in time.' }
  return null
}

/** Longer than this nobody keeps a connector free. */
export const longestReservationHours = 24
const shortestMs = 60_000

/** `checkUntil`: what is wrong with the end of a reservation, in words; null where it is good. */
export function checkUntil(until: Date, now: Date): string | null {
  const leftMs = until.getTime() - now.getTime()
  if (Number.isNaN(leftMs)) return 'until is an instant, e.g. 2026-11-28T18:30:00Z.'
  if (leftMs < shortestMs) return 'Choose an end that is at least a minute away.'
  if (leftMs > longestReservationHours * 3_600_000)
    return `A connector can be reserved for ${longestReservationHours} hours at most.`
  return null
}

/** `ocppTime`: without a fraction of a second, which some chargers do not read (QUIRKS 22). */
export function ocppTime(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z')
}
