import type { ChargerPicture, PricedSession, Register } from '../../db/queries/incidentPictures'
import type { EventRow } from '../../db/queries/readEvents'
import { readDeviceTime } from '../../domain/deviceTime'
import { incidentRules, type Happening } from '../../domain/incident'

/** What the rows beside the events tell. */
export type Beside = {
  lastSeen: ReadonlyMap<number, Date>
  starts: ReadonlyMap<number, PricedSession['starts']>
}

/** Reasons of a close that came from us: a deploy, a database that was away, a process that died. */
const ours = new Set(['service restart', 'try again later', 'server-lost', '1001', '1012', '1013'])

/** `toHappening`: an event in the words of the rules; null for what they do not look at. */
export function toHappening(event: EventRow, beside: Beside): Happening | null {
  const { kind, body, chargerId } = event
  if (chargerId === null) return null
  const at = { chargerId, atMs: event.at.getTime() }
  switch (kind) {
    case 'charger.connected':
      return { ...at, kind: 'connected', connectionId: numberIn(body['connectionId']) ?? 0 }
    case 'charger.disconnected': {
      const reason = textIn(body['reason'])
      const since = textIn(body['since'])
      return {
        ...at,
        kind: 'disconnected',
        connectionId: numberIn(body['connectionId']),
        isOurs: reason !== null && ours.has(reason),
        lastSeenAtMs: since
          ? Date.parse(since)
          : (beside.lastSeen.get(chargerId)?.getTime() ?? null),
        reason,
      }
    }
    case 'charger.booted':
      return {
        ...at,
        kind: 'booted',
        vendor: textIn(body['vendor']) ?? '',
        model: textIn(body['model']) ?? '',
        serial: textIn(body['serialNumber']),
        firmware: textIn(body['firmwareVersion']),
      }
    case 'connector.status':
      return {
        ...at,
        kind: 'status',
        connectorId: numberIn(body['connectorId']) ?? 0,
        status: textIn(body['status']) ?? '',
        errorCode: textIn(body['errorCode']),
        vendorErrorCode: textIn(body['vendorErrorCode']),
        info: textIn(body['info']),
        skewMs: readDeviceTime(textIn(body['deviceTime']), event.at).skewMs,
      }
    case 'command.changed':
      return order(event, at)
    case 'charger.firmware': {
      const status = textIn(body['status'])
      return status ? { ...at, kind: 'firmware', status } : null
    }
    case 'session.priced': {
      const { sessionId } = event
      if (sessionId === null) return null
      return {
        ...at,
        kind: 'finished',
        sessionId,
        connectorId: numberIn(body['connectorId']) ?? 0,
        energyWh: numberIn(body['energyWh']),
        isMeterInDoubt: body['isEnergyInDoubt'] === true,
        starts: beside.starts.get(sessionId) ?? [],
      }
    }
    default:
      return null
  }
}

/** Under way from when it is sent until it failed; a restart that happened is over with its boot, not with this. */
function order(event: EventRow, at: { chargerId: number; atMs: number }): Happening | null {
  const { action, status, isFinal } = event.body
  const what = action === 'Reset' ? 'reset' : action === 'UpdateFirmware' ? 'firmware' : null
  if (what === null || status === 'queued') return null
  const isUnderWay = !isFinal || status === 'effective' || status === 'accepted'
  return { ...at, kind: 'ordered', what, isUnderWay }
}

export function toMet(picture: ChargerPicture, now: Date): Happening {
  const atMs = now.getTime()
  const { chargerId, connectionId, connectionAt } = picture
  return {
    kind: 'met',
    chargerId,
    atMs,
    registeredAtMs: picture.registeredAt.getTime(),
    hasConnected: picture.hasConnected,
    connection:
      connectionId === null
        ? null
        : {
            id: Number(connectionId),
            atMs: connectionAt?.getTime() ?? atMs,
            isOpen: picture.isOpen,
          },
    lastSeenAtMs: picture.lastSeenAt?.getTime() ?? null,
    device:
      picture.vendor === null && picture.model === null
        ? null
        : {
            vendor: picture.vendor ?? '',
            model: picture.model ?? '',
            serial: picture.serial,
            firmware: picture.firmware,
          },
    connectors: picture.connectors.map((connector) => ({
      kind: 'status',
      chargerId,
      atMs: connector.since ? Date.parse(connector.since) : atMs,
      connectorId: Number(connector.connectorId),
      status: connector.status,
      errorCode: connector.errorCode,
      vendorErrorCode: connector.vendorErrorCode,
      info: connector.info,
      skewMs: null,
    })),
  }
}

export function toRegisterRead(register: Register, now: Date): Happening {
  const standsMs = now.getTime() - register.sinceAt.getTime()
  return {
    kind: 'register',
    chargerId: register.chargerId,
    atMs: now.getTime(),
    sessionId: register.sessionId,
    connectorId: register.connectorId,
    isMoving: standsMs < incidentRules.standstillMs,
    sinceMs: register.sinceAt.getTime(),
  }
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function numberIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
