/** A small world for the tests of the rules: alerts as rows, memories, people who close things. */
import type { KnownIncident } from './book'
import type { Happening, StatusHeard } from './happenings'
import type { ChargerMemory } from './memory'
import { incidentRules } from './rules'
import { judgeSite } from './site'

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute

export type Row = {
  id: number
  key: string
  kind: string
  severity: string
  sentence: string
  status: 'open' | 'resolved'
  isAutoResolved: boolean
  count: number
  firstAtMs: number
  lastAtMs: number
  resolvedAtMs: number | null
  openedTimes: number
  evidence: Readonly<Record<string, unknown>>
}

export type World = {
  rows: Row[]
  memories: Map<number, ChargerMemory>
  dueMs(chargerId: number): number | null
  /** Hears happenings of one batch; time passes until `untilMs`. */
  hear(happenings: Happening[], untilMs?: number): void
  passTo(untilMs: number): void
  live(): string[]
  row(key: string): Row
  closedByPerson(key: string, atMs: number): void
}

export function makeWorld(options: { siteId?: number; offlineAfterMs?: number } = {}): World {
  const { siteId = 1, offlineAfterMs = 75 * second } = options
  const rows: Row[] = []
  let memories = new Map<number, ChargerMemory>()
  let dues = new Map<number, number | null>()

  let passedMs = 0

  /** As the worker reads them: those that could still be opened again by anything since the last look. */
  const known = (): KnownIncident[] =>
    rows
      .filter(
        ({ status: word, resolvedAtMs }) =>
          word === 'open' || (resolvedAtMs ?? 0) >= passedMs - incidentRules.reopenWithinMs,
      )
      .map(({ id, key, status: word, isAutoResolved, resolvedAtMs }) => ({
        id,
        key,
        isLive: word === 'open',
        isAutoResolved,
        resolvedAtMs,
      }))

  function hear(happenings: Happening[], until?: number): void {
    const untilMs = until ?? Math.max(...happenings.map((one) => one.atMs))
    const outcome = judgeSite({
      siteId,
      memories,
      incidents: known(),
      happenings,
      untilMs,
      offlineAfterMs,
    })
    passedMs = Math.max(passedMs, untilMs)
    // through JSON, as the database keeps it
    const kept = JSON.parse(JSON.stringify([...outcome.memories])) as [
      number,
      { memory: ChargerMemory; dueMs: number | null },
    ][]
    memories = new Map(kept.map(([id, { memory }]) => [id, memory]))
    dues = new Map(kept.map(([id, { dueMs }]) => [id, dueMs]))
    for (const update of outcome.changes.updated) {
      const row = rows.find((one) => one.id === update.id)!
      row.count += update.repeats
      row.lastAtMs = Math.max(row.lastAtMs, update.lastAtMs ?? 0)
      if (update.evidence) row.evidence = update.evidence
      if (update.isReopened) {
        if (row.status === 'open') throw new Error(`${row.key} was open and is opened again`)
        row.status = 'open'
        row.isAutoResolved = false
        row.resolvedAtMs = null
        row.openedTimes += 1
      }
      if (update.resolvedAtMs !== null) {
        row.status = 'resolved'
        row.isAutoResolved = true
        row.resolvedAtMs = update.resolvedAtMs
      }
    }
    for (const opened of outcome.changes.opened) {
      const isTaken = rows.some((row) => row.key === opened.key && row.status === 'open')
      if (isTaken && opened.resolvedAtMs === null)
        throw new Error(`${opened.key} was opened twice at once`)
      rows.push({
        id: rows.length + 1,
        key: opened.key,
        kind: opened.words.kind,
        severity: opened.words.severity,
        sentence: opened.words.sentence,
        status: opened.resolvedAtMs === null ? 'open' : 'resolved',
        isAutoResolved: opened.resolvedAtMs !== null,
        count: opened.count,
        firstAtMs: opened.atMs,
        lastAtMs: opened.lastAtMs,
        resolvedAtMs: opened.resolvedAtMs,
        openedTimes: 1,
        evidence: opened.evidence,
      })
    }
  }

  return {
    rows,
    get memories() {
      return memories
    },
    dueMs: (chargerId) => dues.get(chargerId) ?? null,
    hear,
    passTo: (untilMs) => hear([], untilMs),
    live: () =>
      rows
        .filter((row) => row.status === 'open')
        .map((row) => row.key)
        .sort(),
    row(key) {
      const found = rows.filter((row) => row.key === key).at(-1)
      if (!found)
        throw new Error(`no incident ${key}; there are ${rows.map((row) => row.key).join()}`)
      return found
    },
    closedByPerson(key, atMs) {
      const found = rows.find((row) => row.key === key && row.status === 'open')!
      Object.assign(found, { status: 'resolved', isAutoResolved: false, resolvedAtMs: atMs })
    },
  }
}

export function status(
  chargerId: number,
  atMs: number,
  word: string,
  over: Partial<StatusHeard> = {},
): StatusHeard {
  return {
    kind: 'status',
    chargerId,
    atMs,
    connectorId: 1,
    status: word,
    errorCode: 'NoError',
    vendorErrorCode: null,
    info: null,
    skewMs: null,
    ...over,
  }
}

export const faulted = (chargerId: number, atMs: number, errorCode: string, over = {}) =>
  status(chargerId, atMs, 'Faulted', { errorCode, ...over })

export const connected = (chargerId: number, atMs: number, connectionId: number): Happening => ({
  kind: 'connected',
  chargerId,
  atMs,
  connectionId,
})

export const disconnected = (
  chargerId: number,
  atMs: number,
  connectionId: number | null,
  over: { isOurs?: boolean; lastSeenAtMs?: number } = {},
): Happening => ({
  kind: 'disconnected',
  chargerId,
  atMs,
  connectionId,
  isOurs: false,
  lastSeenAtMs: null,
  reason: null,
  ...over,
})
