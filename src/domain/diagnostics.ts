/** A diagnostics file on its way to us: requested → uploading → uploaded, or failed. Pure. */

export const diagnosticsWords: Readonly<Record<string, string>> = {
  requested: 'Requested',
  uploading: 'Uploading',
  uploaded: 'Uploaded',
  failed: 'Failed',
}

export type Awaited = {
  createdAt: Date
  updatedAt: Date
  state: 'requested' | 'uploading'
  log: 'diagnostics' | 'security'
  /** Of the command that asked; null action: none was written yet. */
  action: string | null
  status: string | null
  isFinal: boolean
  reason: string | null
  /** The last thing the charger said of it. */
  said: string | null
  saidAt: Date | null
}

export type DiagnosticsStep =
  | { kind: 'wait' }
  /** It says that it uploads. */
  | { kind: 'uploading' }
  /** It knows only the security extension's call. */
  | { kind: 'ask-get-log' }
  | { kind: 'fail'; reason: string }

const minuteMs = 60_000
/** After "Uploaded" the bytes are here; where they are not, they went elsewhere. */
const afterUploadedMs = 2 * minuteMs
const patienceMs = 12 * 60 * minuteMs

/** Words of failure: OCPP 1.6 ed2 §7.24 and white paper §6.17 (UploadLogStatusEnumType). */
const failures = new Set([
  'UploadFailed',
  'UploadFailure',
  'BadMessage',
  'NotSupportedOperation',
  'PermissionDenied',
])

/** `nextStep`: what is to be done about a file that has not come yet. */
export function nextStep(file: Awaited, now: Date): DiagnosticsStep {
  const { action, status, isFinal, reason, said, saidAt } = file
  const isRefused = isFinal && status !== 'accepted' && status !== 'effective'
  // Its answer got lost, its file may still come.
  const mayCome = reason === 'no-answer' || reason === 'connection-lost'
  if (isRefused && !mayCome) {
    const isUnknown = reason === 'not-supported' && action === 'GetDiagnostics'
    if (isUnknown && file.log === 'diagnostics') return { kind: 'ask-get-log' }
    return { kind: 'fail', reason: 'command' }
  }
  if (reason === 'nothing-to-upload' && said === null) return { kind: 'fail', reason: 'nothing' }
  if (said !== null && failures.has(said)) return { kind: 'fail', reason: 'upload-failed' }
  if (said === 'Uploaded' && saidAt && now.getTime() - saidAt.getTime() >= afterUploadedMs)
    return { kind: 'fail', reason: 'elsewhere' }
  if (now.getTime() - file.createdAt.getTime() >= patienceMs)
    return { kind: 'fail', reason: 'silent' }
  if (said === 'Uploading' && file.state === 'requested') return { kind: 'uploading' }
  return { kind: 'wait' }
}

/** `diagnosticsSentence`: why there is no file, or not yet, and what to do. The command's own outcome says more where it failed. */
export function diagnosticsSentence(reason: string | null, charger: string): string | null {
  switch (reason) {
    case null:
      return null
    case 'command':
      return `${charger} did not take the request.`
    case 'nothing':
      return `${charger} has nothing to upload for this time.`
    case 'upload-failed':
      return `${charger} could not upload its file. Look whether it reaches this system’s address for files, then ask again.`
    case 'elsewhere':
      return `${charger} says that it uploaded its file, and nothing arrived here. Some chargers speak FTP only; see the help beside the button.`
    case 'silent':
      return `${charger} did not upload anything within twelve hours. Ask again.`
    case 'interrupted':
      return `The upload broke off. ${charger} may try again by itself.`
    case 'too-large':
      return `${charger}’s file is larger than the limit in Settings. Raise the limit, or ask for a shorter time.`
    case 'empty':
    case 'unreadable':
      return `What ${charger} sent could not be read as a file. It may try again by itself.`
    default:
      return `${charger} did not upload its file.`
  }
}
