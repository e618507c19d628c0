import type { ChargerBoard, ConnectorBoard, CurvePoint } from '@/panel/chargerPage'

import type { LiveEvent, MeterTick } from '../live/connection'

const curvePointsMost = 400

/**
 * `applyEvent`: the charger as it is after an event. Pure. An event that is older than what is shown changes nothing:
 * one that was written first may be heard last.
 */
export function applyEvent(board: ChargerBoard, event: LiveEvent): ChargerBoard {
  if (event.chargerId !== board.id) return board
  const seen = {
    ...board,
    state: { ...board.state, lastSeenAt: latest(board.state.lastSeenAt, event) },
  }
  const since = text(event.body.since) ?? event.at
  switch (event.kind) {
    case 'charger.status':
      if (isOlder(since, board.state.statusSince)) return board
      return {
        ...seen,
        state: { ...seen.state, status: text(event.body.status), statusSince: since },
      }
    case 'charger.connected':
      return { ...seen, state: { ...seen.state, connected: true, connectedAt: event.at } }
    case 'charger.disconnected':
      return { ...board, state: { ...board.state, connected: false, disconnectedAt: since } }
    case 'connector.status':
      return {
        ...seen,
        connectors: seen.connectors.map((connector) =>
          connector.number === event.body.connectorId && !isOlder(since, connector.statusSince)
            ? withStatus(connector, event, since)
            : connector,
        ),
      }
    default:
      return seen
  }
}

/** Events after which the page is read again: they bring rows that no event carries. */
export const rereadKinds: ReadonlySet<string> = new Set([
  'charger.booted',
  'charger.connected',
  'charger.disconnected',
  'session.started',
  'session.ended',
  'session.priced',
  'reservation.changed',
])

/** `applyTicks`: the figures of running sessions and their curves, moved on. */
export function applyTicks(board: ChargerBoard, ticks: readonly MeterTick[]): ChargerBoard {
  const own = ticks.filter((tick) => tick.charger === board.id)
  if (own.length === 0) return board
  return {
    ...board,
    connectors: board.connectors.map((connector) => {
      const tick = own.findLast((one) => one.session === connector.session?.id)
      return tick && connector.session
        ? { ...connector, session: moved(connector.session, tick) }
        : connector
    }),
  }
}

type Session = NonNullable<ConnectorBoard['session']>

function moved(session: Session, tick: MeterTick): Session {
  const at = new Date(tick.at).getTime()
  const last = session.curve?.at(-1)?.[0] ?? 0
  const isNews = at > last && tick.w !== null
  const point: CurvePoint = [at, tick.w, null]
  return {
    ...session,
    energyWh: Math.max(session.energyWh ?? 0, tick.wh ?? 0),
    powerW: tick.w ?? session.powerW,
    socPercent: tick.soc ?? session.socPercent,
    costMinor: tick.costMinor ?? session.costMinor,
    currency: tick.currency ?? session.currency,
    lastSampleAt: tick.at,
    curve: isNews ? [...(session.curve ?? []), point].slice(-curvePointsMost) : session.curve,
  }
}

function withStatus(connector: ConnectorBoard, event: LiveEvent, since: string): ConnectorBoard {
  const status = text(event.body.status)
  return {
    ...connector,
    status,
    statusSince: status === connector.status ? connector.statusSince : since,
    errorCode: text(event.body.errorCode),
    vendorErrorCode: text(event.body.vendorErrorCode),
    info: text(event.body.info),
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const isOlder = (at: string, than: string | null) =>
  than !== null && new Date(at).getTime() < new Date(than).getTime()

function latest(seenAt: string | null, event: LiveEvent): string {
  return seenAt !== null && isOlder(event.at, seenAt) ? seenAt : event.at
}
