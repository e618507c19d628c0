import type { Action, Resource } from '../policy'

/**
 * Every call a central system may make of a charger in OCPP 1.6 (edition 2 §5) and its security extension (white paper
 * §4–5), as data: how dangerous it is, how long each step may take, what has to be seen afterwards, who may ask for it.
 */
export type CommandKind =
  | 'CancelReservation'
  | 'ChangeAvailability'
  | 'ChangeConfiguration'
  | 'ClearCache'
  | 'ClearChargingProfile'
  | 'DataTransfer'
  | 'GetCompositeSchedule'
  | 'GetConfiguration'
  | 'GetDiagnostics'
  | 'GetLocalListVersion'
  | 'RemoteStartTransaction'
  | 'RemoteStopTransaction'
  | 'ReserveNow'
  | 'Reset'
  | 'SendLocalList'
  | 'SetChargingProfile'
  | 'TriggerMessage'
  | 'UnlockConnector'
  | 'UpdateFirmware'
  | 'CertificateSigned'
  | 'DeleteCertificate'
  | 'ExtendedTriggerMessage'
  | 'GetInstalledCertificateIds'
  | 'GetLog'
  | 'InstallCertificate'
  | 'SignedUpdateFirmware'

/** low: one click · confirm: asks first · high: asks first, names who is affected, wants the second factor in bulk. */
export type Danger = 'low' | 'confirm' | 'high'

/** What shows that the wish came true; null where the answer itself is the end of it. */
export type Effect =
  'session-started' | 'session-ended' | 'restarted' | 'availability-changed' | null

export type Permission = { resource: Resource; action: Action }

type Profile =
  | 'Core'
  | 'FirmwareManagement'
  | 'LocalAuthListManagement'
  | 'Reservation'
  | 'SmartCharging'
  | 'RemoteTrigger'
  | 'Security'

export type KindSpec = {
  profile: Profile
  danger: Danger
  /** What a button says. */
  label: string
  /** The same inside a sentence: "KP-07 accepted …". */
  noun: string
  answerSeconds: number
  effect: Effect
  effectSeconds: number
  permission: Permission
}

/** A charger that is not connected is waited for this long; a command is never replayed later. */
export const connectSeconds = 30
/** A change of availability during a session happens when the session ends: a day is the longest we watch for it. */
export const scheduledSeconds = 86_400

const may = (resource: Resource, action: Action): Permission => ({ resource, action })

const kind = (
  profile: Profile,
  danger: Danger,
  label: string,
  noun: string,
  permission: Permission,
  more: Partial<Pick<KindSpec, 'answerSeconds' | 'effect' | 'effectSeconds'>> = {},
): KindSpec => ({
  profile,
  danger,
  label,
  noun,
  permission,
  answerSeconds: 30,
  effect: null,
  effectSeconds: 0,
  ...more,
})

const diagnose = may('commands', 'diagnose')

export const commandKinds: Readonly<Record<CommandKind, KindSpec>> = {
  RemoteStartTransaction: kind(
    'Core',
    'low',
    'Start a charge',
    'the start',
    may('commands', 'start'),
    {
      effect: 'session-started',
      effectSeconds: 120,
    },
  ),
  RemoteStopTransaction: kind(
    'Core',
    'low',
    'Stop the charge',
    'the stop',
    may('commands', 'stop'),
    {
      effect: 'session-ended',
      effectSeconds: 120,
    },
  ),
  Reset: kind('Core', 'confirm', 'Restart', 'the restart', may('commands', 'reset'), {
    effect: 'restarted',
    effectSeconds: 180,
  }),
  UnlockConnector: kind(
    'Core',
    'confirm',
    'Unlock the plug',
    'the unlock',
    may('commands', 'unlock'),
  ),
  ChangeAvailability: kind(
    'Core',
    'confirm',
    'Lock or release a connector',
    'the change of availability',
    may('connectors', 'change-availability'),
    { effect: 'availability-changed', effectSeconds: 60 },
  ),
  ChangeConfiguration: kind(
    'Core',
    'confirm',
    'Change a setting',
    'the setting',
    may('commands', 'configure'),
  ),
  GetConfiguration: kind(
    'Core',
    'low',
    'Read the settings',
    'the question for its settings',
    diagnose,
  ),
  ClearCache: kind(
    'Core',
    'confirm',
    'Clear the card cache',
    'clearing its card cache',
    may('local-auth-list', 'send'),
  ),
  DataTransfer: kind(
    'Core',
    'high',
    'Send vendor data',
    'the vendor data',
    may('commands', 'data-transfer'),
  ),
  GetDiagnostics: kind(
    'FirmwareManagement',
    'low',
    'Fetch diagnostics',
    'the request for diagnostics',
    diagnose,
  ),
  UpdateFirmware: kind(
    'FirmwareManagement',
    'high',
    'Update the firmware',
    'the firmware update',
    may('commands', 'update-firmware'),
  ),
  SendLocalList: kind(
    'LocalAuthListManagement',
    'confirm',
    'Send the card list',
    'the card list',
    may('local-auth-list', 'send'),
    { answerSeconds: 60 },
  ),
  GetLocalListVersion: kind(
    'LocalAuthListManagement',
    'low',
    'Read the version of the card list',
    'the question for its card list',
    may('local-auth-list', 'read'),
  ),
  ReserveNow: kind(
    'Reservation',
    'low',
    'Reserve',
    'the reservation',
    may('reservations', 'create'),
  ),
  CancelReservation: kind(
    'Reservation',
    'low',
    'Cancel the reservation',
    'the cancellation',
    may('reservations', 'cancel'),
  ),
  SetChargingProfile: kind(
    'SmartCharging',
    'confirm',
    'Set a charging profile',
    'the charging profile',
    may('charging-profiles', 'create'),
  ),
  ClearChargingProfile: kind(
    'SmartCharging',
    'confirm',
    'Clear charging profiles',
    'clearing charging profiles',
    may('charging-profiles', 'clear'),
  ),
  GetCompositeSchedule: kind(
    'SmartCharging',
    'low',
    'Read the schedule',
    'the question for its schedule',
    diagnose,
  ),
  TriggerMessage: kind(
    'RemoteTrigger',
    'low',
    'Ask for a message',
    'the request for a message',
    diagnose,
  ),
  ExtendedTriggerMessage: kind(
    'Security',
    'low',
    'Ask for a message',
    'the request for a message',
    diagnose,
  ),
  GetLog: kind('Security', 'low', 'Fetch a log', 'the request for a log', diagnose),
  GetInstalledCertificateIds: kind(
    'Security',
    'low',
    'List the certificates',
    'the question for its certificates',
    diagnose,
  ),
  CertificateSigned: kind(
    'Security',
    'high',
    'Deliver a signed certificate',
    'the certificate',
    may('charger-certificates', 'sign'),
    { answerSeconds: 60 },
  ),
  InstallCertificate: kind(
    'Security',
    'high',
    'Install a root certificate',
    'the certificate',
    may('charger-certificates', 'install'),
    { answerSeconds: 60 },
  ),
  DeleteCertificate: kind(
    'Security',
    'high',
    'Delete a certificate',
    'deleting the certificate',
    may('charger-certificates', 'delete'),
  ),
  SignedUpdateFirmware: kind(
    'Security',
    'high',
    'Update the firmware (signed)',
    'the firmware update',
    may('commands', 'update-firmware'),
  ),
}

export function isCommandKind(action: unknown): action is CommandKind {
  return typeof action === 'string' && Object.hasOwn(commandKinds, action)
}

/** `deadlineSeconds`: how long a command may stay in a step: waiting for the charger, for its answer, for the effect. */
export function deadlineSeconds(
  action: CommandKind,
  step: 'queued' | 'sent' | 'accepted' = 'sent',
): number {
  if (step === 'queued') return connectSeconds
  return step === 'sent' ? commandKinds[action].answerSeconds : commandKinds[action].effectSeconds
}

/** `dangerOf`: of the action, and of what this one would do: a hard reset cuts power, a security key can lock us out. */
export function dangerOf(
  action: CommandKind,
  payload: Readonly<Record<string, unknown>> = {},
): Danger {
  if (action === 'Reset' && payload['type'] !== 'Soft') return 'high'
  if (action === 'ChangeConfiguration' && isSecurityKey(payload['key'])) return 'high'
  return commandKinds[action].danger
}

/** `permissionsFor`: what the person has to be allowed, all of it. */
export function permissionsFor(
  action: CommandKind,
  payload: Readonly<Record<string, unknown>> = {},
): readonly Permission[] {
  const { permission } = commandKinds[action]
  if (action === 'ChangeConfiguration' && isSecurityKey(payload['key']))
    return [may('commands', 'configure-security')]
  // A start may carry a charging profile (§5.11): it is no way round row 39.
  if (action === 'RemoteStartTransaction' && payload['chargingProfile'] !== undefined)
    return [permission, may('charging-profiles', 'create')]
  return [permission]
}

const securityKeys = new Set([
  'authorizationkey',
  'securityprofile',
  'cponame',
  'additionalrootcertificatecheck',
  'certificatesignedmaxchainsize',
  'certificatestoremaxlength',
])
const securityWords =
  /url|uri|endpoint|password|passwd|secret|credential|certificate|backend|centralsystem|csms|server|host/

/**
 * `isSecurityKey`: a key that can lead the charger away from us or open it to others: those of the white paper §2, and
 * vendors' own (URLs, passwords) by their words. No key at all counts as one.
 */
export function isSecurityKey(key: unknown): boolean {
  if (typeof key !== 'string' || key.trim() === '') return true
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, '')
  return securityKeys.has(plain) || securityWords.test(plain)
}
