import { commandKinds, scheduledSeconds, type CommandKind } from './kinds'

/** How a command stands; the last five never change again, and `accepted` too where no effect is awaited. */
export type CommandStatus =
  'queued' | 'sent' | 'accepted' | 'rejected' | 'failed' | 'timeout' | 'effective'

export type CommandChange = {
  status: CommandStatus
  isFinal: boolean
  /** For programs: `charger-rejected`, `no-answer`, `no-effect`, `offline`… null where all is well. */
  reason: string | null
  /** For people: what happened, and the next step where there is one. */
  outcome: string
  /** How long the effect is waited for; only where it is. */
  waitSeconds?: number
}

export type AnswerContext = {
  /** The charger's name on screen. */
  charger?: string
  /** What the connector in question (for connector 0 the charger) said last. */
  connectorStatus?: string | null
}

type Payload = Readonly<Record<string, unknown>>

const positive = new Set([
  'Accepted',
  'AcceptedCanceled',
  'RebootRequired',
  'Scheduled',
  'Unlocked',
])

/** Words of a status, by action where they say more than the general ones. `%` is the charger. */
const sentences: Readonly<Record<string, string>> = {
  'RemoteStartTransaction Accepted':
    '% accepted the start. Waiting for the charge to begin: plug in if the cable is not in yet.',
  'RemoteStartTransaction Rejected':
    '% refused to start. Look whether the connector is free, not faulted and the previous plug is out; then try again.',
  'RemoteStopTransaction Accepted': '% accepted the stop. Waiting for the charge to end.',
  'RemoteStopTransaction Rejected':
    '% refused to stop: it does not know this charge. It may have ended already; reload the session, or unlock the connector.',
  'Reset Accepted': '% is restarting. Waiting for it to disconnect and come back.',
  'Reset Rejected':
    '% refused to restart, often because a charge is running. Stop the charge first, or try a hard reset.',
  'UnlockConnector UnlockFailed':
    '% tried, but the plug is still locked. Push the plug in fully to take strain off the cable, then try again.',
  'UnlockConnector NotSupported':
    '% cannot unlock this connector: it has no lock there, or no such connector.',
  'ChangeAvailability Scheduled': '% will change when the charge under way has ended.',
  'ChangeAvailability Accepted':
    '% accepted the change of availability. Waiting for it to report so.',
  'ChangeConfiguration Accepted': '% applied the setting.',
  'ChangeConfiguration RebootRequired':
    '% took the setting; it applies after the next restart. Restart it when no charge is running.',
  'ChangeConfiguration Rejected':
    '% refused the setting: it is read-only, or the value is not allowed.',
  'ChangeConfiguration NotSupported':
    '% does not know this setting. Read its settings to see the ones it has.',
  'ClearChargingProfile Unknown': '% has no charging profile that matches; nothing was cleared.',
  'CancelReservation Rejected': '% knows no such reservation. It may have ended by itself.',
  'ReserveNow Faulted': '% could not reserve: the connector is faulted.',
  'ReserveNow Occupied': '% could not reserve: the connector is in use.',
  'ReserveNow Unavailable': '% could not reserve: the connector is out of use.',
  'ReserveNow Rejected': '% takes no reservations.',
  'SendLocalList Failed': '% could not store the card list. Send the full list again.',
  'SendLocalList VersionMismatch':
    '% has a newer card list than this change expects. Send the full list.',
  'SetChargingProfile NotSupported': '% does not support charging profiles.',
  'TriggerMessage NotImplemented': '% does not know this message.',
  'ExtendedTriggerMessage NotImplemented': '% does not know this message.',
  'DataTransfer UnknownVendorId': '% does not know this vendor id.',
  'DataTransfer UnknownMessageId': '% does not know this message id.',
  'GetInstalledCertificateIds NotFound': '% has no certificate of this kind.',
  'DeleteCertificate NotFound': '% has no such certificate.',
  'InstallCertificate Rejected': '% refused the certificate: it is invalid, or its store is full.',
  'SignedUpdateFirmware InvalidCertificate':
    '% refused the image: its signing certificate is invalid.',
  'SignedUpdateFirmware RevokedCertificate':
    '% refused the image: its signing certificate was revoked.',
  'UpdateFirmware ': '% took the order for the firmware update; its progress follows.',
  'GetConfiguration ': '% sent its settings.',
  'GetLocalListVersion ': '% sent the version of its card list.',
}

/** Calls whose answer has no status: to answer at all is yes. */
const withoutStatus = new Set<CommandKind>([
  'GetConfiguration',
  'GetDiagnostics',
  'GetLocalListVersion',
  'UpdateFirmware',
])

/** Answers that say "no" in words, yet are the true answer to a question. */
const truths = new Set(['GetInstalledCertificateIds NotFound'])

/**
 * `afterAnswer`: what a command is after the charger's CALLRESULT. Answers without a status (GetConfiguration,
 * UpdateFirmware) are yes; a status we do not know is no, with the word as it came.
 */
export function afterAnswer(
  action: CommandKind,
  payload: Payload,
  response: unknown,
  context: AnswerContext = {},
): CommandChange {
  const spec = commandKinds[action]
  const status = statusIn(response)
  const key = `${action} ${status ?? ''}`
  if (status === null && !withoutStatus.has(action))
    return ended(
      'failed',
      'unreadable-answer',
      sentence(
        `% answered ${spec.noun} without a status. Look at its log to see what it did.`,
        context,
      ),
    )
  const isYes = status === null || positive.has(status) || truths.has(key)
  if (!isYes) {
    const general = `% refused ${spec.noun} (${status}).`
    return ended('rejected', reasonOf(status), sentence(sentences[key] ?? general, context))
  }
  if (action === 'UnlockConnector')
    return ended('effective', null, sentence('% unlocked the plug.', context))
  if (action === 'GetDiagnostics' || action === 'GetLog') return uploadBegun(response, context)
  if (spec.effect === null)
    return ended(
      'accepted',
      status === 'RebootRequired' ? 'reboot-required' : null,
      sentence(sentences[key] ?? `% accepted ${spec.noun}.`, context),
    )
  const outcome = sentence(sentences[key] ?? `% accepted ${spec.noun}.`, context)
  if (status === 'Scheduled')
    return {
      status: 'accepted',
      isFinal: false,
      reason: 'scheduled',
      outcome,
      waitSeconds: scheduledSeconds,
    }
  if (action === 'ChangeAvailability' && isAvailability(payload['type'], context.connectorStatus))
    return ended('effective', null, sentence('% was already so; nothing had to change.', context))
  return {
    status: 'accepted',
    isFinal: false,
    reason: null,
    outcome,
    waitSeconds: spec.effectSeconds,
  }
}

/** `afterError`: the charger answered with a CALLERROR. */
export function afterError(
  action: CommandKind,
  error: { code: string; description?: string },
  context: AnswerContext = {},
): CommandChange {
  const { noun } = commandKinds[action]
  if (error.code === 'NotImplemented' || error.code === 'NotSupported')
    return ended('failed', 'not-supported', sentence(`% does not support ${noun}.`, context))
  const said = error.description?.trim() ? `${error.code}: ${error.description.trim()}` : error.code
  return ended(
    'failed',
    'charger-error',
    sentence(`% could not handle ${noun} (${said}).`, context),
  )
}

/** `afterOffline`: nobody to send it to within `connectSeconds`. */
export function afterOffline(action: CommandKind, context: AnswerContext = {}): CommandChange {
  const { noun } = commandKinds[action]
  return ended(
    'failed',
    'offline',
    sentence(
      `% was not connected, so ${noun} was not sent and will not be sent later. Try again when it is back.`,
      context,
    ),
  )
}

/** `afterSilence`: sent, and no answer within its time. */
export function afterSilence(action: CommandKind, context: AnswerContext = {}): CommandChange {
  const { noun, answerSeconds } = commandKinds[action]
  return ended(
    'timeout',
    'no-answer',
    sentence(
      `% did not answer ${noun} within ${answerSeconds} s. It may still have acted on it: look at its status before trying again.`,
      context,
    ),
  )
}

/** `afterClose`: the connection went before the answer came. For a Reset that is the effect; see `command.ts`. */
export function afterClose(action: CommandKind, context: AnswerContext = {}): CommandChange {
  const { noun } = commandKinds[action]
  return ended(
    'failed',
    'connection-lost',
    sentence(
      `The connection to % broke before it answered ${noun}. It may still have acted on it: look at its status before trying again.`,
      context,
    ),
  )
}

/** `afterNoEffect`: accepted, and what was wished for was not seen in time. */
export function afterNoEffect(
  action: CommandKind,
  payload: Payload,
  context: AnswerContext = {},
): CommandChange {
  const spec = commandKinds[action]
  const seconds = spec.effectSeconds
  const isPluggedIn = ['Preparing', 'SuspendedEV', 'SuspendedEVSE', 'Finishing'].includes(
    context.connectorStatus ?? '',
  )
  const texts: Readonly<Record<string, string>> = {
    'session-started': isPluggedIn
      ? `% accepted the start but no charge began within ${seconds} s although a plug is in. Pull the plug out, wait 10 s, plug in and try again.`
      : `% accepted the start but no cable was plugged in within ${seconds} s. Plug in and try again.`,
    'session-ended': `% accepted the stop but the charge did not end within ${seconds} s. Unlock the connector, or restart the charger.`,
    restarted: `% accepted the restart but did not restart within ${seconds} s. Try a hard reset; if that fails too, someone has to go there.`,
    'availability-changed': `% accepted the change but did not report ${wished(payload['type'])} in time. Ask it for its status, or try again.`,
  }
  return ended(
    'failed',
    'no-effect',
    sentence(
      texts[spec.effect ?? ''] ?? `% accepted ${spec.noun}, but no effect was seen.`,
      context,
    ),
  )
}

/** `afterEffect`: what was wished for was seen. */
export function afterEffect(
  action: CommandKind,
  payload: Payload,
  context: AnswerContext = {},
): CommandChange {
  const texts: Readonly<Record<string, string>> = {
    'session-started': '% started the charge.',
    'session-ended': '% ended the charge.',
    restarted: '% restarted.',
    'availability-changed': `% reports ${wished(payload['type'])}.`,
  }
  return ended(
    'effective',
    null,
    sentence(texts[commandKinds[action].effect ?? ''] ?? '% did it.', context),
  )
}

/** Whether a status is what ChangeAvailability asks for. A faulted connector is neither in use nor out of it. */
export function isAvailability(type: unknown, status: string | null | undefined): boolean {
  if (!status || status === 'Faulted') return false
  if (type === 'Inoperative') return status === 'Unavailable'
  return (
    type === 'Operative' &&
    status !== 'Unavailable' &&
    status !== 'Offline' &&
    status !== 'NeverConnected'
  )
}

function wished(type: unknown): string {
  return type === 'Operative' ? 'being available again' : 'being out of use'
}

function uploadBegun(response: unknown, context: AnswerContext): CommandChange {
  const object = response as { fileName?: unknown; filename?: unknown } | null
  const name = object?.fileName ?? object?.filename
  if (typeof name === 'string' && name !== '')
    return ended('accepted', null, sentence(`% will upload ${name}.`, context))
  return ended(
    'accepted',
    'nothing-to-upload',
    sentence('% has nothing to upload for this time.', context),
  )
}

function statusIn(response: unknown): string | null {
  if (typeof response !== 'object' || response === null) return null
  const status = (response as { status?: unknown }).status
  return typeof status === 'string' ? status : null
}

function reasonOf(status: string): string {
  return status === 'NotSupported' || status === 'NotImplemented'
    ? 'not-supported'
    : 'charger-rejected'
}

function ended(status: CommandStatus, reason: string | null, outcome: string): CommandChange {
  return { status, isFinal: true, reason, outcome }
}

/** A name may hold `$` and `%`: only our own first mark is replaced, and never as a pattern. */
function sentence(template: string, context: AnswerContext): string {
  const name = context.charger?.trim()
  return template.replace(
    '%',
    () => name || (template.startsWith('%') ? 'The charger' : 'the charger'),
  )
}
