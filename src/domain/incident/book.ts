import { incidentRules } from './rules'
import type { Words } from './kinds'

/** An incident that is kept already: what the rules need of it. People acknowledge, assign and resolve; rules do not. */
export type KnownIncident = {
  id: number
  key: string
  isLive: boolean
  /** Whether it closed by itself; one that a person closed is never opened again, the next one is a new one. */
  isAutoResolved: boolean
  resolvedAtMs: number | null
}

export type IncidentPlace = {
  chargerId: number | null
  connectorId?: number | null
  sessionId?: number | null
}

/** Small and without secrets: what led to it, for whoever opens it. */
export type Evidence = Readonly<Record<string, unknown>>

export type NewIncident = IncidentPlace & {
  key: string
  words: Words
  atMs: number
  evidence: Evidence
}

export type OpenedIncident = NewIncident & {
  /** How often it happened, the first time counted. */
  count: number
  lastAtMs: number
  resolvedAtMs: number | null
  resolution: string | null
}

/** What became of an incident that is kept already. Counts are added, so that a person's change beside it survives. */
export type IncidentUpdate = {
  id: number
  key: string
  repeats: number
  lastAtMs: number | null
  evidence: Evidence | null
  /** It had closed by itself and is open again. */
  isReopened: boolean
  resolvedAtMs: number | null
  resolution: string | null
}

export type IncidentChanges = { opened: OpenedIncident[]; updated: IncidentUpdate[] }

export type Book = {
  isLive(key: string): boolean
  /** When a person closed the last one; null where none was closed by a person of late. */
  closedByPersonMs(key: string): number | null
  /** Opens it, or counts once more where it is open, or opens again what has just closed by itself. */
  raise(incident: NewIncident): void
  /** Closes it where it is open. `why` is a sentence for people. */
  settle(key: string, atMs: number, why: string): void
  changes(): IncidentChanges
}

/** `openBook`: the incidents that are known, and what the rules write into them; nothing leaves before `changes`. */
export function openBook(known: readonly KnownIncident[]): Book {
  const opened: OpenedIncident[] = []
  const updates = new Map<number, IncidentUpdate>()
  const live = new Map<string, OpenedIncident | IncidentUpdate>()
  const resting = new Map<string, { entry: OpenedIncident | IncidentUpdate; atMs: number }>()
  const closedByPerson = new Map<string, number>()

  for (const incident of known) {
    const update: IncidentUpdate = {
      id: incident.id,
      key: incident.key,
      repeats: 0,
      lastAtMs: null,
      evidence: null,
      isReopened: false,
      resolvedAtMs: null,
      resolution: null,
    }
    if (incident.isLive) live.set(incident.key, update)
    else if (incident.resolvedAtMs !== null) {
      const { key, resolvedAtMs } = incident
      if (incident.isAutoResolved) rest(key, update, resolvedAtMs)
      else closedByPerson.set(key, Math.max(resolvedAtMs, closedByPerson.get(key) ?? 0))
    }
  }

  function rest(key: string, entry: OpenedIncident | IncidentUpdate, atMs: number): void {
    const other = resting.get(key)
    if (!other || other.atMs <= atMs) resting.set(key, { entry, atMs })
  }

  function again(entry: OpenedIncident | IncidentUpdate, incident: NewIncident): void {
    if ('id' in entry) {
      entry.repeats += 1
      updates.set(entry.id, entry)
    } else entry.count += 1
    entry.lastAtMs = Math.max(entry.lastAtMs ?? 0, incident.atMs)
    entry.evidence = incident.evidence
  }

  return {
    isLive: (key) => live.has(key),
    closedByPersonMs: (key) => closedByPerson.get(key) ?? null,

    raise(incident) {
      const { key } = incident
      const open = live.get(key)
      if (open) return again(open, incident)
      const last = resting.get(key)
      if (last && incident.atMs - last.atMs <= incidentRules.reopenWithinMs) {
        resting.delete(key)
        const { entry } = last
        if ('id' in entry && entry.resolvedAtMs === null) entry.isReopened = true
        entry.resolvedAtMs = null
        entry.resolution = null
        live.set(key, entry)
        return again(entry, incident)
      }
      const fresh: OpenedIncident = {
        ...incident,
        count: 1,
        lastAtMs: incident.atMs,
        resolvedAtMs: null,
        resolution: null,
      }
      opened.push(fresh)
      live.set(key, fresh)
    },

    settle(key, atMs, why) {
      const entry = live.get(key)
      if (!entry) return
      live.delete(key)
      entry.resolvedAtMs = atMs
      entry.resolution = why
      if ('id' in entry) updates.set(entry.id, entry)
      rest(key, entry, atMs)
    },

    changes: () => ({ opened, updated: [...updates.values()] }),
  }
}
