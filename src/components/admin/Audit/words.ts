import { commandKinds, isCommandKind } from '@/domain/command'

/** What was done, as one says it; `null` for the record that it was done to stands behind it. */
const verbs: Readonly<Record<string, string>> = {
  create: 'Added',
  update: 'Changed',
  delete: 'Deleted',
  read: 'Looked at',
  login: 'Logged in',
  logout: 'Logged out',
  'change-password': 'Changed the own password',
  'set-password': 'Set a password by a link',
  'forgot-password': 'Asked for a new password',
  'password-link': 'Made a link to set the password',
  'second-factor-on': 'Turned two-factor authentication on',
  'second-factor-off': 'Turned two-factor authentication off',
  'recovery-codes': 'Made new recovery codes',
  'reset-second-factor': 'Reset two-factor authentication',
  unlock: 'Unlocked',
  'end-logins': 'Logged out devices',
  suspend: 'Suspended',
  'let-in-again': 'Let in again',
  'view-as': 'Began to view as',
  'view-as-end': 'Stopped viewing as another',
  'rotate-password': 'Made a new OCPP password',
  export: 'Exported',
  download: 'Downloaded',
  import: 'Imported',
  upload: 'Uploaded',
  correct: 'Corrected',
  cancel: 'Cancelled',
  block: 'Blocked',
  anonymise: 'Made anonymous',
  acknowledge: 'Acknowledged',
  assign: 'Assigned',
  resolve: 'Resolved',
  note: 'Wrote a note',
  send: 'Sent',
  share: 'Shared',
  revoke: 'Took back',
  retry: 'Sent again',
  redeliver: 'Delivered again',
}

/** `sayAction`: "Changed", "Soft reset", "Tried POST /api/regions". */
export function sayAction(action: string): string {
  const command = /^command (.+)$/.exec(action)?.[1] ?? (isCommandKind(action) ? action : null)
  if (command) return isCommandKind(command) ? commandKinds[command].label : command
  if (/^[A-Z]+ \//.test(action)) return `Tried ${action}`
  const known = Object.hasOwn(verbs, action) ? verbs[action] : undefined
  return known ?? sentence(action)
}

const reasons: Readonly<Record<string, string>> = {
  AuthenticationError: 'wrong password, or nobody has this address',
  MFA_INVALID: 'wrong code',
  TooManyTriesForAccount: 'too many tries for this account',
  TooManyTriesFromAddress: 'too many tries from this address',
  'too-many-tries': 'too many tries',
  'step-up-required': 'the second factor was not shown again',
  'too-many-in-an-hour': 'more than one person may do within an hour',
  Forbidden: 'not allowed',
  'not-allowed': 'not allowed',
  NotFound: 'there is no such record',
}

export function sayReason(reason: string): string {
  return (Object.hasOwn(reasons, reason) ? reasons[reason] : undefined) ?? reason
}

export function sayResult(result: string): string {
  return result === 'refused' ? 'Refused' : result === 'queued' ? 'Sent to the charger' : 'Done'
}

/** `charger-states` → `Charger states`. */
export function sentence(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
