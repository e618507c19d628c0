import type { Payload, PayloadRequest } from 'payload'
import { cache } from 'react'

import { readBellSeenAt } from '@/db/queries/alertActions'
import {
  alertTabs,
  readAlert,
  readAlerts,
  readBell,
  readStaffNames,
  type AlertDetail,
  type AlertList,
  type AlertRow,
  type AlertTab,
  type Assignee,
  type BellBoard,
} from '@/db/queries/alertBoard'
import { readReachable, readWishes } from '@/db/queries/alertMails'
import { severities } from '@/domain/incident'
import { usualWishes } from '@/domain/notice'
import { isInside, scopeFor } from '@/domain/scope'

import { demandViewer } from './demandViewer'
import { viewerOf, type Looking, type Viewer } from './viewer'

export type {
  AlertDetail,
  AlertEntry,
  AlertList,
  AlertRow,
  AlertTab,
  Assignee,
  BellBoard,
} from '@/db/queries/alertBoard'

const perPage = 30

export type AlertsPage = AlertList & {
  tab: AlertTab
  severity: string | null
  query: string | null
  page: number
  pages: number
  /** Whether there is anything the person may do with alerts; each one is asked again when it is done. */
  mayAct: boolean
  userId: number
}

type Search = Record<string, string | string[] | undefined>

/** `loadAlerts`: one page of the list as the address asks for it; null for somebody who sees no alerts. */
export async function loadAlerts(looking: Looking, search: Search): Promise<AlertsPage | null> {
  const viewer = await viewerOf(looking)
  const scope = viewer?.scope('alerts', 'read')
  if (!viewer || !scope || scope.kind === 'none') return null
  const tab = alertTabs.find((one) => one === textIn(search['tab'])) ?? 'open'
  const severity = severities.find((one) => one === textIn(search['severity'])) ?? null
  const query = textIn(search['q'])?.trim().slice(0, 100) || null
  const page = Math.max(1, Math.min(10_000, Number(textIn(search['page'])) || 1))
  const list = await readAlerts(viewer.sql, {
    scope,
    userId: viewer.userId,
    tab,
    severity,
    query,
    chargerId: numberIn(search['charger']),
    limit: perPage,
    offset: (page - 1) * perPage,
  })
  return {
    ...list,
    tab,
    severity,
    query,
    page,
    pages: Math.max(1, Math.ceil(list.total / perPage)),
    mayAct: viewer.can('alerts', 'acknowledge'),
    userId: viewer.userId,
  }
}

/** Open alerts of one charger, the gravest first. */
export async function loadAlertsOfCharger(
  looking: Looking,
  chargerId: number,
): Promise<AlertRow[]> {
  const page = await loadAlerts(looking, { charger: String(chargerId) })
  return page?.rows ?? []
}

export type AlertPage = {
  alert: AlertDetail
  mayAct: boolean
  userId: number
  /** To whom it may be given. */
  people: Assignee[]
}

export async function loadAlert(looking: Looking, id: number): Promise<AlertPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const alert = await readAlert(viewer.sql, id, {
    scope: viewer.scope('alerts', 'read'),
    details: viewer.fullScope('alerts', 'read'),
    seesTickets: viewer.can('tickets', 'read'),
  })
  if (!alert) return null
  const mayAct = isInside(viewer.scope('alerts', 'acknowledge'), alert)
  const people = mayAct && alert.status !== 'resolved' ? await whoMayTake(viewer, alert) : []
  return { alert, mayAct, userId: viewer.userId, people }
}

/** Those who look after the place of an alert. */
async function whoMayTake(viewer: Viewer, alert: AlertDetail): Promise<Assignee[]> {
  const place = { chargerId: alert.chargerId, siteId: alert.siteId, regionId: alert.regionId }
  const all = await readReachable(viewer.sql)
  const ids = all
    .filter(({ grants }) => isInside(scopeFor(grants, 'alerts', 'acknowledge', viewer.now), place))
    .map(({ userId }) => userId)
  return readStaffNames(viewer.sql, ids)
}

const bellRows = 8

/** `loadBell`: null for somebody who sees no alerts or wants no bell. */
export const loadBell = cache(
  async (payload: Payload, userId: number): Promise<BellBoard | null> => {
    const viewer = await viewerOf({ payload, user: { id: userId, collection: 'users' } })
    const scope = viewer?.scope('alerts', 'read')
    if (!viewer || !scope || scope.kind === 'none') return null
    const wishes = (await readWishes(viewer.sql, userId)) ?? { ...usualWishes, timezone: 'UTC' }
    if (!wishes.bell) return null
    const seenAt = await readBellSeenAt(viewer.sql, userId)
    return readBell(viewer.sql, { scope, wishes, seenAt, limit: bellRows })
  },
)

/** `GET /api/alert-bell`: `{unread, open, alerts}`, or nothing for those who have no bell. */
export async function alertBell(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  const bell = await loadBell(req.payload, viewer.userId)
  return Response.json(bell ?? { unread: 0, open: 0, alerts: [] })
}

function textIn(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value.replaceAll('\u0000', '') : null
}

function numberIn(value: string | string[] | undefined): number | null {
  const text = textIn(value)
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}
