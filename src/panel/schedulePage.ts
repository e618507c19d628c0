import { readIssued, readSiteSchedules, type IssuedRow } from '@/db/queries/schedulePage'
import { readRecipients, type Recipient } from '@/db/queries/recipients'
import { readScheduleSites } from '@/db/queries/schedules'
import { readSchedule } from '@/db/queries/statementRuns'
import { nextIssue, periodWords } from '@/domain/issuing'
import { isInside } from '@/domain/scope'

import { viewerOf, type Looking } from './viewer'

export type { IssuedRow } from '@/db/queries/schedulePage'
export type { Recipient } from '@/db/queries/recipients'

export type SchedulePage = {
  id: number
  kind: string
  zone: string
  siteCount: number
  next: { at: string; period: string }
  recipients: Recipient[]
  issued: IssuedRow[]
  mayChange: boolean
}

const issuedShown = 24

/** `loadSchedulePage`: for a schedule whose document Payload has already let the person read. */
export async function loadSchedulePage(looking: Looking, id: number): Promise<SchedulePage | null> {
  const viewer = await viewerOf(looking)
  const schedule = viewer && (await readSchedule(viewer.sql, id))
  if (!viewer || !schedule) return null
  const [sites, recipients, issued] = [
    await readScheduleSites(viewer.sql, id),
    await readRecipients(viewer.sql, id),
    await readIssued(viewer.sql, id, viewer.scope('statements', 'read'), issuedShown),
  ]
  const { at, period } = nextIssue(schedule)
  const send = viewer.scope('statements', 'send')
  return {
    id,
    kind: schedule.kind,
    zone: schedule.zone,
    siteCount: sites.length,
    next: { at: at.toISOString(), period: periodWords(period) },
    recipients,
    issued,
    mayChange: sites.every((site) => isInside(send, { siteId: site.id, regionId: site.regionId })),
  }
}

export type SiteReportRow = {
  id: number
  name: string
  frequency: string
  paused: boolean
  recipients: number
  nextAt: string
  zone: string
  last: { id: number; title: string } | null
}

/** `loadSiteReports`: the schedules that cover a site; null for whoever may not see schedules of it. */
export async function loadSiteReports(
  looking: Looking,
  site: { id: number; regionId: number | null },
): Promise<SiteReportRow[] | null> {
  const viewer = await viewerOf(looking)
  // who sends is who sees all schedules of the site; a site owner sees his own, under Schedules
  const isSeen =
    viewer &&
    isInside(viewer.scope('statements', 'send'), { siteId: site.id, regionId: site.regionId })
  if (!isSeen) return null
  return (await readSiteSchedules(viewer.sql, site.id)).map((row) => ({
    id: row.id,
    name: row.name,
    frequency: row.frequency,
    paused: row.paused,
    recipients: row.recipients,
    zone: row.zone,
    nextAt: nextIssue({ ...row, frequency: row.frequency as 'monthly' }).at.toISOString(),
    last:
      row.lastStatementId !== null && row.lastTitle !== null
        ? { id: row.lastStatementId, title: row.lastTitle }
        : null,
  }))
}
