/**
 * The card list inside a charger (OCPP 1.6 ed2 §3.5.2, §5.15), kept in step where somebody has switched that on: what to
 * ask it next, from what it is known to hold and what it should. One question at a time; what went wrong is tried again,
 * later and later.
 */
import type { CommandEnd } from './reservation'

export type ListEntry = { status: string; expiryDate?: string; parentIdTag?: string }
/** idTag → what the charger is to answer. */
export type ListEntries = Readonly<Record<string, ListEntry>>

export type ListState = {
  /** The version it holds with `entries`; null: unknown, so the whole list is sent. */
  version: number | null
  entries: ListEntries
  /** False once it said that it has no such list. */
  isCapable: boolean
  /** When it was last asked for its version. */
  askedAt: Date | null
  /** What it holds once it accepts what is under way. */
  pending: { version: number; entries: ListEntries } | null
  tries: number
  nextTryAt: Date
  cacheClearedAt: Date | null
}

export type ListWish =
  | { action: 'GetLocalListVersion'; payload: Record<string, never> }
  | {
      action: 'SendLocalList'
      payload: {
        listVersion: number
        updateType: 'Full' | 'Differential'
        localAuthorizationList?: { idTag: string; idTagInfo?: ListEntry }[]
      }
      pending: { version: number; entries: ListEntries }
    }
  | { action: 'ClearCache'; payload: Record<string, never> }

export type Ended = CommandEnd & { action: string; response: unknown; createdAt: Date }

const longestPauseMs = 3_600_000
const firstPauseMs = 30_000

/** `afterListCommand`: what is known of the list once a command about it has ended. */
export function afterListCommand(state: ListState, ended: Ended, now: Date): ListState {
  const base = { ...state, pending: null }
  const isYes = ended.status === 'accepted' || ended.status === 'effective'
  const later = (change: Partial<ListState>): ListState => {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** state.tries)
    return {
      ...base,
      tries: Math.min(20, state.tries + 1),
      nextTryAt: new Date(now.getTime() + pauseMs),
      ...change,
    }
  }
  if (ended.action === 'ClearCache')
    return isYes || ended.status === 'rejected'
      ? { ...base, cacheClearedAt: ended.createdAt, tries: 0 }
      : later({})
  if (ended.reason === 'not-supported') return { ...base, isCapable: false }
  if (ended.action === 'GetLocalListVersion') {
    if (!isYes) return later({})
    const version = (ended.response as { listVersion?: unknown } | null)?.listVersion
    // −1: it has no list, and never will (§5.10)
    if (version === -1) return { ...base, isCapable: false, askedAt: now }
    const isOurs = version === state.version
    return { ...base, askedAt: now, ...(isOurs ? {} : { version: null, entries: {} }) }
  }
  if (isYes && state.pending) return { ...base, ...state.pending, tries: 0 }
  // refused: begin anew with the whole list; unanswered: it may have taken it, so it is asked first
  return later(ended.status === 'rejected' ? { version: null, entries: {} } : { askedAt: null })
}

/** `nextListWish`: what to ask of the charger now, or null. `perMessage`: its SendLocalListMaxLength. */
export function nextListWish(
  state: ListState,
  context: {
    wanted: ListEntries
    perMessage: number
    /** When it last booted: the list may be gone. */
    bootedAt: Date | null
    /** When one of its cards last ceased to be good. */
    spoiltAt: Date | null
    now: Date
  },
): ListWish | null {
  const { wanted, perMessage, bootedAt, spoiltAt, now } = context
  if (state.nextTryAt > now) return null
  if (!state.isCapable)
    return spoiltAt && (!state.cacheClearedAt || spoiltAt > state.cacheClearedAt)
      ? { action: 'ClearCache', payload: {} }
      : null
  if (!state.askedAt || (bootedAt && bootedAt > state.askedAt))
    return { action: 'GetLocalListVersion', payload: {} }
  if (state.version === null) {
    const first = Object.entries(wanted).slice(0, perMessage)
    return listWish('Full', 1, first.map(listed), Object.fromEntries(first))
  }
  const changes = differenceOf(state.entries, wanted).slice(0, perMessage)
  if (changes.length === 0) return null
  return listWish('Differential', state.version + 1, changes, applied(state.entries, changes))
}

type Change = { idTag: string; idTagInfo?: ListEntry }

const listed = ([idTag, idTagInfo]: [string, ListEntry]): Change => ({ idTag, idTagInfo })

function listWish(
  updateType: 'Full' | 'Differential',
  version: number,
  changes: Change[],
  entries: ListEntries,
): ListWish {
  return {
    action: 'SendLocalList',
    payload: {
      listVersion: version,
      updateType,
      ...(changes.length > 0 ? { localAuthorizationList: changes } : {}),
    },
    pending: { version, entries },
  }
}

/** What is no longer good first: it is what matters when the line goes. An entry without a status is taken out. */
function differenceOf(has: ListEntries, wanted: ListEntries): Change[] {
  const changed = Object.entries(wanted)
    .filter(([idTag, info]) => !isSame(has[idTag], info))
    .map(listed)
  const gone = Object.keys(has)
    .filter((idTag) => !(idTag in wanted))
    .map((idTag): Change => ({ idTag }))
  const bad = (one: Change) => one.idTagInfo !== undefined && one.idTagInfo.status !== 'Accepted'
  return [...changed.filter(bad), ...gone, ...changed.filter((one) => !bad(one))]
}

function applied(has: ListEntries, changes: readonly Change[]): ListEntries {
  const next: Record<string, ListEntry> = { ...has }
  for (const { idTag, idTagInfo } of changes)
    if (idTagInfo) next[idTag] = idTagInfo
    else delete next[idTag]
  return next
}

const isSame = (a: ListEntry | undefined, b: ListEntry) =>
  a !== undefined &&
  a.status === b.status &&
  a.expiryDate === b.expiryDate &&
  a.parentIdTag === b.parentIdTag
