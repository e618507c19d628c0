/**
 * How far one charger is with one update. Nothing here remembers anything: the standing is worked out anew from all that
 * was seen since the charger was told, so it is the same after a restart, in any process, and whatever came late.
 *
 * The version the charger reports at boot decides. Its own words come second, because chargers in the field leave
 * Downloading, Downloaded or Installed away (MicroOcpp #242, #261; SAP ev-server #2305), or say Installed and roll back.
 */
export type TargetState =
  | 'waiting'
  | 'sent'
  | 'downloading'
  | 'downloaded'
  | 'installing'
  | 'installed'
  | 'failed'
  | 'cancelled'

export const targetStates: readonly TargetState[] = [
  'waiting',
  'sent',
  'downloading',
  'downloaded',
  'installing',
  'installed',
  'failed',
  'cancelled',
]

/** Why a target failed, waits, or is called installed; `firmware/words` has the sentence for each. */
export type TargetReason =
  /** Waits: its queue of commands is full. */
  | 'busy'
  /** Installed: it already had this version, nothing was sent. */
  | 'already'
  /** Installed: it says so, and no boot has shown the version yet. */
  | 'said'
  /** Installed: it says so, and reports a version that is neither the old nor the expected one. */
  | 'said-other'
  | 'download-failed'
  | 'install-failed'
  | 'verification-failed'
  | 'signature-invalid'
  | 'rolled-back'
  | 'other-version'
  | 'refused'
  | 'charger-error'
  | 'not-supported'
  | 'needs-signed'
  | 'silent-start'
  | 'silent-download'
  | 'silent-install'
  | 'too-long'
  | 'offline'

/** What was asked of the charger. */
export type Attempt = {
  /** When the command left us; null while it has not. */
  sentAt: Date | null
  expectedVersion: string
  /** What it reported before; null where it never said. */
  previousVersion: string | null
  /** Of a signed update, which its reports repeat. */
  requestId: number | null
  /** Whether an unsigned update may follow where the charger knows no signed ones. */
  mayGoUnsigned: boolean
}

export type Evidence =
  | {
      kind: 'command'
      at: Date
      action: string
      status: string
      isFinal: boolean
      reason: string | null
    }
  | { kind: 'reported'; at: Date; status: string; requestId: number | null }
  | { kind: 'booted'; at: Date; version: string | null }
  /** What our file server saw, whatever the charger says of it. */
  | { kind: 'download'; at: Date; phase: 'begun' | 'progress' | 'finished'; percent: number }

export type Standing = {
  state: TargetState
  reason: TargetReason | null
  /** Of the download, 0–100. */
  downloadPercent: number
  seenVersion: string | null
  /** The last sign of life in this matter. */
  lastSignAt: Date
  finishedAt: Date | null
  /** The command did not reach it: it is to be sent again, as `next` says. */
  next: 'send-again' | 'send-unsigned' | null
}

type Track = Standing & {
  /** It came back with a version that is not the expected one; judged when nothing else follows. */
  suspect: { reason: 'rolled-back' | 'other-version'; at: Date } | null
  /** It told us that it waits, for a session to end, say: then silence is no failure. */
  isPaused: boolean
  /** It is about to restart before it installs: the old version at that boot means nothing. */
  isRebootingFirst: boolean
}

export type Patience = {
  /** From the command to the first sign of a download. */
  startMs: number
  downloadMs: number
  /** Between the download and the installation a charger may wait for a session to end. */
  downloadedMs: number
  installMs: number
  /** After a boot with the wrong version, for what else it may have to say. */
  suspectMs: number
  overallMs: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

export const usualPatience: Patience = {
  startMs: hourMs,
  downloadMs: 2 * hourMs,
  downloadedMs: 12 * hourMs,
  installMs: 2 * hourMs,
  suspectMs: 15 * minuteMs,
  overallMs: 24 * hourMs,
}

const rank: Readonly<Record<TargetState, number>> = {
  waiting: 0,
  sent: 1,
  downloading: 2,
  downloaded: 3,
  installing: 4,
  installed: 5,
  failed: 5,
  cancelled: 5,
}

export const isEnded = (state: TargetState): boolean => rank[state] === 5

/** OCPP 1.6 ed2 §7.25 and security white paper §6.6 (FirmwareStatusEnumType). */
const progressOf: Readonly<Record<string, TargetState>> = {
  DownloadScheduled: 'sent',
  DownloadPaused: 'sent',
  Downloading: 'downloading',
  Downloaded: 'downloaded',
  SignatureVerified: 'downloaded',
  InstallScheduled: 'downloaded',
  InstallRebooting: 'installing',
  Installing: 'installing',
}
const failureOf: Readonly<Record<string, TargetReason>> = {
  DownloadFailed: 'download-failed',
  InstallationFailed: 'install-failed',
  InstallVerificationFailed: 'verification-failed',
  InvalidSignature: 'signature-invalid',
}
const pauses = new Set(['DownloadScheduled', 'DownloadPaused', 'InstallScheduled'])

/**
 * `judge`: how the charger stands at `now`. `evidence` may come in any order; what is older than the command is not
 * counted. A failure is taken back by what proves the contrary, and so is a success.
 */
export function judge(
  attempt: Attempt,
  evidence: readonly Evidence[],
  now: Date,
  patience: Patience = usualPatience,
): Standing {
  const { sentAt } = attempt
  const orders = evidence.filter((one) => one.kind === 'command')
  if (!sentAt) return publicPart(unsent(orders, now))
  let track = begun(sentAt)
  for (const one of inOrder([
    ...orders,
    ...evidence.filter((one) => one.kind !== 'command' && one.at.getTime() >= sentAt.getTime()),
  ]))
    track = after(track, one, attempt)
  return publicPart(afterSilence(track, attempt, now, patience))
}

/** `sameVersion`: versions are one when they differ in case, spaces around them or a leading "v" only. */
export function sameVersion(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false
  const plain = (text: string) =>
    text
      .trim()
      .toLowerCase()
      .replace(/^v(?=\d)/, '')
  return plain(a) === plain(b)
}

function begun(at: Date): Track {
  return {
    state: 'sent',
    reason: null,
    downloadPercent: 0,
    seenVersion: null,
    lastSignAt: at,
    finishedAt: null,
    next: null,
    suspect: null,
    isPaused: false,
    isRebootingFirst: false,
  }
}

/** The command waits in our own queue, or never left it. */
function unsent(orders: readonly Evidence[], now: Date): Track {
  const last = orders.at(-1)
  const track = begun(last?.at ?? now)
  if (last?.kind === 'command' && last.isFinal)
    return { ...track, state: 'waiting', next: 'send-again' }
  return track
}

function after(track: Track, one: Evidence, attempt: Attempt): Track {
  switch (one.kind) {
    case 'command':
      return afterCommand(track, one, attempt)
    case 'reported':
      return afterReport(track, one, attempt)
    case 'booted':
      return afterBoot(track, one, attempt)
    case 'download':
      return afterDownload(track, one)
  }
}

function afterCommand(
  track: Track,
  order: Extract<Evidence, { kind: 'command' }>,
  attempt: Attempt,
): Track {
  if (!order.isFinal || order.status === 'accepted' || order.status === 'effective') return track
  // It may have acted although we heard nothing: what it does next will tell.
  if (order.reason === 'no-answer' || order.reason === 'connection-lost') return track
  if (order.reason === 'offline' || order.reason === 'busy' || order.reason === 'expired')
    return { ...track, state: 'waiting', next: 'send-again' }
  if (order.reason === 'not-supported') {
    const wasSigned = order.action === 'SignedUpdateFirmware'
    if (wasSigned && attempt.mayGoUnsigned)
      return { ...track, state: 'waiting', next: 'send-unsigned' }
    return failed(track, wasSigned ? 'not-supported' : 'needs-signed', order.at)
  }
  return failed(track, order.status === 'rejected' ? 'refused' : 'charger-error', order.at)
}

function afterReport(
  track: Track,
  { status, requestId, at }: Extract<Evidence, { kind: 'reported' }>,
  attempt: Attempt,
): Track {
  const isOther =
    requestId !== null && attempt.requestId !== null && requestId !== attempt.requestId
  // Idle only answers a question; it says nothing of this update.
  if (isOther || status === 'Idle') return track
  const isProven = track.state === 'installed' && track.reason === null
  if (isProven) return track
  const failure = Object.hasOwn(failureOf, status) ? failureOf[status] : undefined
  if (failure) return failed({ ...track, lastSignAt: at }, failure, at)
  if (status === 'Installed')
    return sameVersion(track.seenVersion, attempt.expectedVersion)
      ? installed(track, null, at)
      : installed(track, track.suspect?.reason === 'other-version' ? 'said-other' : 'said', at)
  const reached = Object.hasOwn(progressOf, status) ? progressOf[status] : undefined
  if (!reached) return { ...track, lastSignAt: at }
  return {
    ...moved(track, reached, at),
    isPaused: pauses.has(status),
    isRebootingFirst: status === 'InstallRebooting',
    // It goes on: an old version at the boot before was not the end of it.
    suspect: status === 'Installing' ? null : track.suspect,
  }
}

function afterBoot(
  track: Track,
  { version, at }: Extract<Evidence, { kind: 'booted' }>,
  attempt: Attempt,
): Track {
  if (version === null) return signed(track, at)
  const seen: Track = { ...signed(track, at), seenVersion: version }
  const { expectedVersion, previousVersion } = attempt
  if (sameVersion(version, expectedVersion)) {
    // The same version as before proves nothing unless something was downloaded.
    const isProof = !sameVersion(previousVersion, expectedVersion) || rank[track.state] > rank.sent
    return isProof ? installed(seen, null, at) : seen
  }
  const isOld = previousVersion === null || sameVersion(version, previousVersion)
  if (track.state === 'installed') {
    if (isOld) return failed(seen, 'rolled-back', at)
    return track.reason === null
      ? failed(seen, 'other-version', at)
      : installed(seen, 'said-other', at)
  }
  if (track.state === 'failed' || rank[track.state] < rank.downloaded) return seen
  const suspect = { reason: isOld ? ('rolled-back' as const) : ('other-version' as const), at }
  const hasInstalled = track.state === 'installing' && !track.isRebootingFirst
  if (isOld && hasInstalled) return failed(seen, 'rolled-back', at)
  return { ...seen, suspect, isRebootingFirst: false }
}

function afterDownload(
  track: Track,
  { phase, percent, at }: Extract<Evidence, { kind: 'download' }>,
): Track {
  if (isEnded(track.state) && track.state !== 'failed') return track
  const state = phase === 'finished' ? 'downloaded' : 'downloading'
  const shown = phase === 'finished' ? 100 : Math.max(track.downloadPercent, percent)
  return { ...moved(track, state, at), downloadPercent: Math.min(100, Math.max(0, shown)) }
}

/** Silence for too long in a step is a failure; so is a wrong version after which nothing came. */
function afterSilence(track: Track, attempt: Attempt, now: Date, patience: Patience): Track {
  if (isEnded(track.state) || track.state === 'waiting') return track
  const ms = (from: Date) => now.getTime() - from.getTime()
  if (
    track.suspect &&
    ms(track.suspect.at) >= patience.suspectMs &&
    ms(track.lastSignAt) >= patience.suspectMs
  )
    return failed(track, track.suspect.reason, now)
  if (attempt.sentAt && ms(attempt.sentAt) >= patience.overallMs)
    return failed(track, 'too-long', now)
  if (track.isPaused) return track
  const limits: Partial<Record<TargetState, [number, TargetReason]>> = {
    sent: [patience.startMs, 'silent-start'],
    downloading: [patience.downloadMs, 'silent-download'],
    downloaded: [patience.downloadedMs, 'silent-install'],
    installing: [patience.installMs, 'silent-install'],
  }
  const limit = limits[track.state]
  return limit && ms(track.lastSignAt) >= limit[0] ? failed(track, limit[1], now) : track
}

/** Forward only; a charger that goes on after a failure it told us of is on its way again. */
function moved(track: Track, state: TargetState, at: Date): Track {
  const lives = signed(track, at)
  if (track.state === 'failed')
    return { ...lives, state, reason: null, finishedAt: null, isPaused: false }
  if (isEnded(track.state)) return track
  return rank[state] > rank[track.state] || track.state === 'waiting'
    ? { ...lives, state, isPaused: false, next: null }
    : { ...lives, isPaused: false }
}

function installed(track: Track, reason: TargetReason | null, at: Date): Track {
  return {
    ...signed(track, at),
    state: 'installed',
    reason,
    downloadPercent: 100,
    finishedAt: track.state === 'installed' ? track.finishedAt : at,
    suspect: null,
    next: null,
  }
}

function failed(track: Track, reason: TargetReason, at: Date): Track {
  return { ...track, state: 'failed', reason, finishedAt: at, suspect: null, next: null }
}

function signed(track: Track, at: Date): Track {
  return at.getTime() > track.lastSignAt.getTime() ? { ...track, lastSignAt: at } : track
}

function inOrder(evidence: readonly Evidence[]): Evidence[] {
  return [...evidence].sort((a, b) => a.at.getTime() - b.at.getTime())
}

function publicPart(track: Track): Standing {
  const { state, reason, downloadPercent, seenVersion, lastSignAt, finishedAt, next } = track
  return { state, reason, downloadPercent, seenVersion, lastSignAt, finishedAt, next }
}
