import type { PayloadRequest } from 'payload'

import { readConfiguration, type ChargerConfiguration } from '@/db/queries/chargerConfiguration'
import {
  eventGroups,
  readChargerEvents,
  type ChargerEvent,
  type EventGroup,
} from '@/db/queries/chargerEvents'
import {
  readChargerAccess,
  readChargerAudit,
  readChargerSessions,
  readNames,
  type AuditRow,
  type ChargerAccess,
  type ChargerSession,
  type NamedIds,
  type Names,
} from '@/db/queries/chargerTabs'
import { isInside } from '@/domain/scope'
import { PublicError } from '@/platform/errors'

import { loadChargerPage, type ChargerPage } from './chargerPage'
import { demandCharger } from './demandCharger'
import { demandViewer } from './demandViewer'
import { viewerOf, type Looking, type Viewer } from './viewer'

export type { ChargerConfiguration } from '@/db/queries/chargerConfiguration'
export type { ChargerEvent, EventGroup } from '@/db/queries/chargerEvents'
export type {
  Approved,
  AuditRow,
  ChargerAccess,
  ChargerSession,
  Names,
} from '@/db/queries/chargerTabs'

export const tabRows = 50

type Tab = { page: ChargerPage; viewer: Viewer; place: Place }
type Place = { chargerId: number; siteId: number; regionId: number | null }

/** The charger as its head shows it, for whoever may see it; null for everybody else. */
async function tabOf(looking: Looking, chargerId: number): Promise<Tab | null> {
  const [page, viewer] = await Promise.all([loadChargerPage(looking, chargerId), viewerOf(looking)])
  if (!page || !viewer) return null
  const { siteId, regionId } = page.board
  return { page, viewer, place: { chargerId, siteId, regionId } }
}

export type EventPage = { docs: ChargerEvent[]; next: string | null }

/** `loadEvents`: the first page of the tab "Status & event log". */
export async function loadEvents(
  looking: Looking,
  chargerId: number,
): Promise<{ page: ChargerPage; events: EventPage } | null> {
  const tab = await tabOf(looking, chargerId)
  if (!tab) return null
  const seesDetails = isInside(tab.viewer.fullScope('chargers', 'read'), tab.place)
  return { page: tab.page, events: await readPage(tab.viewer, chargerId, { seesDetails }) }
}

/**
 * `GET /api/charger-events?charger=&group=all|faults|status|connection|other&connector=&before=`: what a charger said of
 * itself and what became of its connection, newest first. `before` takes the `next` of the page before.
 */
export async function chargerEvents(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  const query = new URL(req.url ?? '', 'http://localhost').searchParams
  const place = await demandCharger(viewer, query.get('charger'))
  const group = query.get('group') ?? 'all'
  if (!(eventGroups as readonly string[]).includes(group)) throw bad('group')
  const connector = query.get('connector') || null
  if (connector !== null && !/^\d{1,4}$/.test(connector)) throw bad('connector')
  const before = query.get('before') || null
  if (before !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z [se] \d{1,18}$/.test(before))
    throw bad('before')
  return Response.json(
    await readPage(viewer, place.chargerId, {
      group: group as EventGroup,
      connectorId: connector === null ? null : Number(connector),
      before,
      seesDetails: isInside(viewer.fullScope('chargers', 'read'), place),
    }),
  )
}

async function readPage(
  viewer: Viewer,
  chargerId: number,
  asked: {
    group?: EventGroup
    connectorId?: number | null
    before?: string | null
    seesDetails: boolean
  },
): Promise<EventPage> {
  const { group = 'all', connectorId = null, before = null, seesDetails } = asked
  const limit = tabRows
  const found = await readChargerEvents(viewer.sql, chargerId, {
    group,
    connectorId,
    before,
    seesDetails,
    limit: limit + 1,
  })
  const docs = found.slice(0, limit)
  return { docs, next: found.length > limit ? (docs.at(-1)?.key ?? null) : null }
}

function bad(name: string): PublicError {
  return new PublicError({
    code: 'bad-query',
    status: 400,
    sentence: `${name} cannot be read like this.`,
  })
}

export type SessionsTab = { page: ChargerPage; sessions: ChargerSession[]; hasMore: boolean }

/** `loadChargerSessions`: null outside the scope. `before` is the start of the last session of the page before. */
export async function loadChargerSessions(
  looking: Looking,
  chargerId: number,
  before: Date | null,
): Promise<SessionsTab | null> {
  const tab = await tabOf(looking, chargerId)
  if (!tab || !isInside(tab.viewer.scope('sessions', 'read'), tab.place)) return null
  const found = await readChargerSessions(tab.viewer.sql, chargerId, {
    people: tab.viewer.fullScope('sessions', 'read'),
    before,
    limit: tabRows + 1,
  })
  return {
    page: tab.page,
    sessions: found.slice(0, tabRows),
    hasMore: found.length > tabRows,
  }
}

export type AuditTab = {
  page: ChargerPage
  rows: AuditRow[] | null
  names: Names | null
  hasMore: boolean
}

/** `loadChargerAudit`: `rows` is null for those whose role does not see the audit log of this place. */
export async function loadChargerAudit(
  looking: Looking,
  chargerId: number,
  before: number | null,
): Promise<AuditTab | null> {
  const tab = await tabOf(looking, chargerId)
  if (!tab) return null
  // rows of the log belong to a site; a grant for single chargers sees none of them (as in the collection)
  const { siteId, regionId } = tab.place
  if (!isInside(tab.viewer.scope('audit-log', 'read'), { siteId, regionId }))
    return { page: tab.page, rows: null, names: null, hasMore: false }
  const found = await readChargerAudit(tab.viewer.sql, chargerId, { before, limit: tabRows + 1 })
  const rows = found.slice(0, tabRows)
  const { viewer } = tab
  const names = await readNames(viewer.sql, idsIn(rows), {
    drivers: viewer.scope('drivers', 'read'),
    fleets: viewer.scope('fleets', 'read'),
    cards: viewer.scope('rfid-cards', 'read'),
  })
  return { page: tab.page, rows, names, hasMore: found.length > tabRows }
}

/** Whom the changes name by id. */
function idsIn(rows: readonly AuditRow[]): NamedIds {
  const of = (field: keyof NamedIds) => [
    ...new Set(
      rows.flatMap(({ before, after }) => [...idsOf(before, field), ...idsOf(after, field)]),
    ),
  ]
  return {
    approvedDrivers: of('approvedDrivers'),
    approvedFleets: of('approvedFleets'),
    approvedCards: of('approvedCards'),
  }
}

function idsOf(text: string | null, field: string): number[] {
  try {
    const value: unknown = (JSON.parse(text ?? '{}') as Record<string, unknown> | null)?.[field]
    return Array.isArray(value)
      ? value.filter((id): id is number => Number.isSafeInteger(id) && id > 0 && id < 2 ** 31)
      : []
  } catch {
    return []
  }
}

export type AccessTab = { page: ChargerPage; access: ChargerAccess; mayChange: boolean }

/** `loadChargerAccess`: null outside the scope; who is approved is shown to those who see the whole record. */
export async function loadChargerAccess(
  looking: Looking,
  chargerId: number,
): Promise<AccessTab | null> {
  const tab = await tabOf(looking, chargerId)
  if (!tab) return null
  const { viewer, place } = tab
  const access = await readChargerAccess(viewer.sql, chargerId, {
    drivers: viewer.scope('drivers', 'read'),
    fleets: viewer.scope('fleets', 'read'),
    cards: viewer.scope('rfid-cards', 'read'),
    cardDetails: viewer.fullScope('rfid-cards', 'read'),
  })
  if (!access) return null
  const seesPeople = isInside(viewer.fullScope('chargers', 'read'), place)
  return {
    page: tab.page,
    access: seesPeople ? access : { ...access, drivers: [], fleets: [], cards: [] },
    mayChange: isInside(viewer.scope('chargers', 'update'), place),
  }
}

export type ConfigurationTab = { page: ChargerPage; configuration: ChargerConfiguration | null }

/** `loadConfiguration`: `configuration` is null for those who may not diagnose this charger. */
export async function loadConfiguration(
  looking: Looking,
  chargerId: number,
  templateId: number | null,
): Promise<ConfigurationTab | null> {
  const tab = await tabOf(looking, chargerId)
  if (!tab) return null
  const configuration = tab.page.allowed.diagnose
    ? await readConfiguration(tab.viewer.sql, chargerId, templateId)
    : null
  return { page: tab.page, configuration }
}
