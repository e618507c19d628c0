/**
 * What a simulated charger answers when the central system asks, action by action; `NotImplemented` for a name it never
 * heard of.
 */
import type { Connector } from './connector'
import { authorize } from './connector'
import { updateFirmware, uploadLog, type FileControls } from './files'
import { profileHandlers } from './profileCommands'
import type { Inside } from './inside'
import type { Served } from './wire'

export type Request = Record<string, unknown>
export type Reply = { answer: Served; afterwards?: () => void }

export type ChargerControls = FileControls & {
  connectors: Connector[]
  boot: () => Promise<unknown>
  heartbeat: () => Promise<unknown>
  announceSelf: () => Promise<unknown>
  reset: (kind: 'Soft' | 'Hard') => void
  /** Hard resets that never answer (a fault). */
  isMute: (kind: 'Soft' | 'Hard') => boolean
  setPassword: (password: string) => void
}

export type Handler = (
  request: Request,
  inside: Inside,
  charger: ChargerControls,
) => Reply | Promise<Reply>

const say = (payload: object, afterwards?: () => void): Reply => ({
  answer: { payload },
  afterwards,
})
const status = (text: string, afterwards?: () => void) => say({ status: text }, afterwards)
const notImplemented = (): Reply => ({
  answer: { code: 'NotImplemented', description: 'Unknown action' },
})
const notSupported = (): Reply => ({
  answer: { code: 'NotSupported', description: 'This charger lacks the feature profile' },
})

const handlers: Record<string, Handler> = {
  RemoteStartTransaction: remoteStart,
  RemoteStopTransaction: (request, _inside, { connectors }) => {
    const running = connectors.find(
      (one) => one.transaction()?.transactionId === request.transactionId,
    )
    return running ? status('Accepted', () => void running.stop('Remote')) : status('Rejected')
  },
  Reset: (request, _inside, charger) => {
    const kind = request.type === 'Hard' ? 'Hard' : 'Soft'
    if (charger.isMute(kind)) return { answer: 'none', afterwards: () => charger.reset(kind) }
    return status('Accepted', () => charger.reset(kind))
  },
  UnlockConnector: (request, _inside, { connectors }) => {
    const connector = connectors.find((one) => one.id === request.connectorId)
    if (!connector) return status('NotSupported')
    return status('Unlocked', () => void connector.stop('UnlockCommand'))
  },
  ChangeAvailability: changeAvailability,
  GetConfiguration: (request, { configuration }) =>
    say(configuration.get(request.key as string[] | undefined)),
  ChangeConfiguration: (request, { configuration }, charger) => {
    const [key, value] = [String(request.key), String(request.value)]
    const outcome = configuration.change(key, value)
    const isNewPassword = key === 'AuthorizationKey' && outcome === 'Accepted'
    return status(outcome, () => isNewPassword && charger.setPassword(value))
  },
  ClearCache: (_request, { cardCache, configuration }) => {
    if (!configuration.isOn('AuthorizationCacheEnabled')) return status('Rejected')
    cardCache.clear()
    return status('Accepted')
  },
  DataTransfer: (request, { model }) =>
    status(request.vendorId === model.vendor ? 'UnknownMessageId' : 'UnknownVendorId'),
  TriggerMessage: triggerMessage,
  ...profileHandlers,
  GetDiagnostics: (request, inside) => {
    if (inside.knobs.isSecure) return notSupported()
    const order = { location: String(request.location), fileName: logName(inside), requestId: null }
    return say({ fileName: order.fileName }, () => void uploadLog(order, inside))
  },
  GetLog: (request, inside) => {
    if (!inside.knobs.isSecure) return notImplemented()
    const { remoteLocation } = request.log as Request
    const filename = logName(inside)
    const requestId = Number(request.requestId)
    const order = { location: String(remoteLocation), fileName: filename, requestId }
    return say({ status: 'Accepted', filename }, () => void uploadLog(order, inside))
  },
  UpdateFirmware: (request, inside, controls) => {
    if (inside.knobs.isSecure) return notSupported()
    const order = {
      location: String(request.location),
      retrieveAt: String(request.retrieveDate),
      requestId: null,
    }
    return say({}, () => void updateFirmware(order, inside, controls))
  },
  SignedUpdateFirmware: (request, inside, controls) => {
    if (!inside.knobs.isSecure) return notImplemented()
    const firmware = request.firmware as Request
    if (!String(firmware.signingCertificate).includes('BEGIN CERTIFICATE'))
      return status('InvalidCertificate')
    const order = {
      location: String(firmware.location),
      retrieveAt: String(firmware.retrieveDateTime),
      requestId: Number(request.requestId),
    }
    return status('Accepted', () => void updateFirmware(order, inside, controls))
  },
}

const logName = ({ identity }: Inside) => `log-${identity.replace(/[^A-Za-z0-9-]/g, '_')}.txt`

/** Answers one call; what follows from it happens after the answer is on its way. */
export async function serveCall(
  action: string,
  request: Request,
  inside: Inside,
  charger: ChargerControls,
): Promise<Reply> {
  const handler = Object.hasOwn(handlers, action) ? handlers[action] : undefined
  if (!handler) return notImplemented()
  return handler(request, inside, charger)
}

function remoteStart(request: Request, inside: Inside, { connectors }: ChargerControls): Reply {
  const wanted = request.connectorId
  const idTag = String(request.idTag)
  const candidates = connectors.filter((one) => wanted === undefined || one.id === wanted)
  const connector =
    candidates.find((one) => one.isFree(idTag) && one.vehicle() !== null) ??
    candidates.find((one) => one.isFree(idTag))
  if (!connector) return status('Rejected')
  return status('Accepted', () => void startRemotely(inside, connector, idTag))
}

async function startRemotely(inside: Inside, connector: Connector, idTag: string) {
  const mustAsk = inside.configuration.isOn('AuthorizeRemoteTxRequests')
  if (mustAsk && (await authorize(inside, idTag)) !== 'Accepted') return
  await connector.startOrAwait(idTag)
}

async function changeAvailability(
  request: Request,
  _inside: Inside,
  { connectors }: ChargerControls,
): Promise<Reply> {
  const chosen = connectors.filter(
    (one) => request.connectorId === 0 || one.id === request.connectorId,
  )
  if (chosen.length === 0) return status('Rejected')
  const isOperative = request.type === 'Operative'
  const isBusy = !isOperative && chosen.some((one) => one.transaction() !== null)
  return status(isBusy ? 'Scheduled' : 'Accepted', () => {
    for (const one of chosen) void one.setOperative(isOperative)
  })
}

function triggerMessage(request: Request, inside: Inside, charger: ChargerControls): Reply {
  const id = request.connectorId as number | undefined
  const chosen = charger.connectors.filter((one) => id === undefined || one.id === id)
  if (chosen.length === 0 && id !== 0) return status('Rejected')
  switch (request.requestedMessage) {
    case 'BootNotification':
      return status('Accepted', () => void charger.boot())
    case 'Heartbeat':
      return status('Accepted', () => void charger.heartbeat())
    case 'StatusNotification':
      return status('Accepted', () => {
        if (!id) void charger.announceSelf()
        for (const one of chosen) void one.announce(true)
      })
    case 'MeterValues':
      return status('Accepted', () => {
        for (const one of chosen) void one.sampleNow('Trigger')
      })
    case 'DiagnosticsStatusNotification':
    case 'FirmwareStatusNotification':
      return status('Accepted', () => {
        void inside.say(String(request.requestedMessage), { status: 'Idle' })
      })
    default:
      return status('NotImplemented')
  }
}
