/**
 * The optional profiles of a simulated charger: card list, reservations, charging profiles. One that has the Core profile
 * alone says so honestly (`NotSupported`, or the status of the message that means it).
 */
import type { ChargerControls, Handler, Reply, Request } from './commands'
import type { Connector } from './connector'
import type { Inside } from './inside'
import type { ListedCard } from './localList'
import type { Profile } from './profiles'

const say = (payload: object, afterwards?: () => void): Reply => ({
  answer: { payload },
  afterwards,
})
const status = (text: string, afterwards?: () => void) => say({ status: text }, afterwards)
const notSupported: Reply = {
  answer: { code: 'NotSupported', description: 'This charger lacks the feature profile' },
}

const orCore =
  (core: Reply, handler: Handler): Handler =>
  (request, inside, charger) =>
    inside.isCoreOnly ? core : handler(request, inside, charger)

export const profileHandlers: Record<string, Handler> = {
  GetLocalListVersion: (_request, { isCoreOnly, localList }) =>
    say({ listVersion: isCoreOnly ? -1 : localList.version() }),
  SendLocalList: orCore(status('NotSupported'), (request, { localList }) =>
    status(
      localList.update({
        listVersion: Number(request.listVersion),
        updateType: request.updateType === 'Full' ? 'Full' : 'Differential',
        localAuthorizationList: request.localAuthorizationList as ListedCard[] | undefined,
      }),
    ),
  ),
  ReserveNow: orCore(notSupported, reserveNow),
  CancelReservation: orCore(notSupported, async (request, _inside, { connectors }) => {
    const id = Number(request.reservationId)
    const holder = connectors.find((one) => one.reservation()?.id === id)
    return holder ? status('Accepted', () => void holder.dropReservation(id)) : status('Rejected')
  }),
  SetChargingProfile: orCore(status('NotSupported'), (request, { profiles }, { connectors }) => {
    const profile = request.csChargingProfiles as Profile
    const outcome = profiles.set(Number(request.connectorId), profile)
    return status(outcome, () => relimit(connectors))
  }),
  ClearChargingProfile: orCore(notSupported, (request, { profiles }, { connectors }) =>
    status(profiles.clear(request), () => relimit(connectors)),
  ),
  GetCompositeSchedule: orCore(notSupported, compositeSchedule),
}

function relimit(connectors: Connector[]): void {
  for (const one of connectors) void one.relimit()
}

/** The reason of the first connector that cannot be kept free, where none can. */
function reserveNow(request: Request, inside: Inside, { connectors }: ChargerControls): Reply {
  const chosen = connectors.filter(
    (one) => request.connectorId === 0 || one.id === request.connectorId,
  )
  if (chosen.length === 0) return status('Rejected')
  const id = Number(request.reservationId)
  const same = chosen.find((one) => one.reservation()?.id === id)
  const free = same ?? chosen.find((one) => one.status() === 'Available')
  if (!free) {
    const found = chosen[0]!.status()
    return status(found === 'Faulted' || found === 'Unavailable' ? found : 'Occupied')
  }
  const until = new Date(String(request.expiryDate))
  if (until <= inside.clock.now()) return status('Rejected')
  const parentIdTag = typeof request.parentIdTag === 'string' ? request.parentIdTag : null
  const reservation = { id, idTag: String(request.idTag), parentIdTag }
  return status('Accepted', () => void free.reserve(reservation, until))
}

/** Asked of the profiles minute by minute: what would limit a charge that begins now. */
function compositeSchedule(
  request: Request,
  { profiles, clock, model }: Inside,
  { connectors }: ChargerControls,
): Reply {
  const connectorId = Number(request.connectorId)
  const duration = Number(request.duration)
  const connector = connectors.find((one) => one.id === connectorId)
  if (connectorId !== 0 && !connector) return status('Rejected')
  const start = new Date(Math.floor(clock.now().getTime() / 1000) * 1000)
  const unit = request.chargingRateUnit === 'A' ? 'A' : 'W'
  const running = connector?.transaction()
  const charge = running
    ? {
        transactionId: running.transactionId,
        startedAt: new Date(running.startedAt),
        vehicle: connector?.vehicle() ?? null,
      }
    : null
  const periods: { startPeriod: number; limit: number }[] = []
  for (let second = 0; second < duration; second += 60) {
    const at = new Date(start.getTime() + second * 1000)
    const watts = profiles.limitW(connectorId, charge, at) ?? model.maxPowerW
    const limit = unit === 'W' ? watts : Math.round((watts / (230 * model.phases)) * 10) / 10
    if (periods.at(-1)?.limit !== limit) periods.push({ startPeriod: second, limit })
  }
  return say({
    status: 'Accepted',
    connectorId,
    scheduleStart: start.toISOString(),
    chargingSchedule: {
      duration,
      startSchedule: start.toISOString(),
      chargingRateUnit: unit,
      chargingSchedulePeriod: periods,
    },
  })
}
