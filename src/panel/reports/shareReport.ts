import type { PayloadRequest } from 'payload'

import { readBranding } from '@/db/queries/branding'
import { insertSharedReport, readReportSites } from '@/db/queries/sharedReports'
import { readNetworkZone } from '@/db/queries/sessionsForReport'
import { withTransaction } from '@/db/tx'
import { periodWords } from '@/domain/issuing'
import { isDay } from '@/domain/period'
import { asksWho } from '@/domain/reportPeople'
import { largeExportRows } from '@/domain/sensitive'
import { PublicError } from '@/platform/errors'
import { publicId } from '@/platform/ids'
import { openReport } from '#reports/run'
import { sharedFiles } from '#reports/statement/files'
import { ReportProblem, type Period, type ReportParams, type ReportScope } from '#reports/report'
import { demandViewer } from '../demandViewer'
import { jsonOf } from '../requestParts'
import { giveLink, readWish } from '../shareWish'
import { staffAudit } from '../staffAudit'
import { badQuery, readAsked, type Asked } from './asked'
import { reportPool } from './pool'

/**
 * `POST /api/reports/<report>/share {filter, days, sharedWith? | email?, withPeople?}` → `{doc: {id, statement, url?}}`: the
 * report as it is now, in every format, behind a link for people without a login. Who charged is left out unless it is
 * asked for, or the report is about that. At most `largeExportRows` rows.
 */
export function shareReport(slug: string): (req: PayloadRequest) => Promise<Response> {
  return async (req) => {
    const viewer = await demandViewer(req)
    const rows = viewer.scope('share-links', 'create')
    if (rows.kind === 'none')
      throw new PublicError({
        code: 'not-permitted',
        status: 403,
        sentence: 'Your role may not share reports.',
      })
    const body = await jsonOf(req)
    const wish = readWish(body)
    const asked = await readAsked(viewer, slug, filterOf(body['filter']))
    const withPeople = body['withPeople'] === true || asksWho(asked.entry.slug, asked.params)
    const scope = {
      rows,
      people: withPeople ? asked.scope.people : { kind: 'none' as const },
    }
    const made = await makeFiles(asked, scope, viewer.now)
    const doc = await withTransaction(reportPool(), async (sql) => {
      const statement = await insertSharedReport(sql, {
        publicId: publicId(),
        kind: asked.entry.kind,
        siteIds: await readReportSites(sql, rows, asked.params),
        now: viewer.now,
        ...made,
        zone: made.zone ?? (await readNetworkZone(sql)),
      })
      const link = await giveLink(sql, viewer, { statement, title: made.title, ...wish })
      return { ...link, statement }
    })
    await staffAudit(req, viewer, {
      action: 'share',
      resource: 'reports',
      resourceId: asked.entry.slug,
      siteId: asked.params.site ?? null,
      result: 'done',
      reason: null,
      after: {
        filter: asked.params,
        statement: doc.statement,
        link: doc.id,
        days: wish.days,
        to: wish.sharedWith,
        withPeople,
        rows: made.rows,
      },
    })
    return Response.json({ doc }, { status: 201 })
  }
}

/** The report's connection is given back before anything is written. */
async function makeFiles({ entry, params }: Asked, scope: ReportScope, now: Date) {
  const branding = await readBranding(reportPool())
  try {
    const report = await openReport(entry.kind, params, scope, { pool: reportPool(), now })
    try {
      if ((await report.countUpTo(largeExportRows + 1)) > largeExportRows) throw tooMany()
      const files = await sharedFiles(report, branding)
      const { title, subtitle: subject, period } = report
      return {
        title: `${title}, ${wordsOf(params, period)}`,
        subject,
        files,
        from: period.from,
        to: period.to,
        zone: period.zone,
        rows: (await report.totals()).rows,
      }
    } finally {
      await report.close()
    }
  } catch (error) {
    throw error instanceof ReportProblem ? badQuery(error.message) : error
  }
}

/** Days as statements say them, `October 2026`; exact instants as the report does. */
const wordsOf = ({ from, to }: ReportParams, { words }: Period): string =>
  isDay(from) && isDay(to) ? periodWords({ fromDay: from, toDay: to }) : words

const tooMany = () =>
  new PublicError({
    code: 'too-many-rows',
    status: 409,
    sentence: `A shared report has at most ${largeExportRows.toLocaleString('en-GB')} rows: choose fewer days or one site, or export it and send the file.`,
  })

/** The filter as the report's own address has it; `format` says that it leaves the house. */
function filterOf(filter: unknown): URLSearchParams {
  const query = new URLSearchParams()
  if (typeof filter === 'object' && filter !== null)
    for (const [name, value] of Object.entries(
      filter as Partial<Record<keyof ReportParams, unknown>>,
    ))
      if (typeof value === 'string' || typeof value === 'number') query.set(name, String(value))
  query.set('format', 'csv')
  return query
}
