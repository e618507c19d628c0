import type { PayloadRequest } from 'payload'

import { renderPdf } from '#reports/render/pdf'
import { figuresOf } from '#reports/statement/close'
import { readBranding } from '@/db/queries/branding'
import { readScheduleSites } from '@/db/queries/schedules'
import { closeLines, sumLines } from '@/db/queries/statementLines'
import { planStatement, readPlanned, readSchedule } from '@/db/queries/statementRuns'
import { withRollback } from '@/db/tx'
import { nextIssue } from '@/domain/issuing'
import { isInside } from '@/domain/scope'
import { PublicError } from '@/platform/errors'
import { downloadHeaders } from '@/platform/fileNames'
import { publicId } from '@/platform/ids'

import { demandViewer } from './demandViewer'
import { reportPool } from './reports/pool'
import { idInPath } from './requestParts'

/**
 * `GET /api/report-schedules/:id/preview`: the statement of the period that is not finished yet, as it would be now.
 * It is made as a real one is, in a transaction that is taken back.
 */
export async function previewSchedule(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  const id = idInPath(req, -2)
  const sites = await readScheduleSites(viewer.sql, id)
  const scope = viewer.scope('statements', 'read')
  const isSeen =
    sites.length > 0 &&
    sites.every((site) => isInside(scope, { siteId: site.id, regionId: site.regionId }))
  const schedule = isSeen ? await readSchedule(viewer.sql, id) : null
  if (!schedule)
    throw new PublicError({
      code: 'unknown-schedule',
      status: 404,
      sentence: 'There is no such schedule.',
    })
  if (schedule.kind !== 'statement')
    throw new PublicError({
      code: 'no-preview',
      status: 409,
      sentence: 'Only statements have a preview. Open the report under Reports to see its figures.',
    })
  const { period } = nextIssue(schedule)
  const figures = await withRollback(reportPool(), async (sql) => {
    await planStatement(sql, {
      scheduleId: id,
      publicId: publicId(),
      title: 'Preview',
      from: period.from,
      to: period.to,
      now: viewer.now,
    })
    const run = await readPlanned(sql, id, period.from)
    await closeLines(sql, { id: run.statementId, scheduleId: id, from: run.from, to: run.to })
    return figuresOf(sql, run, await sumLines(sql, run.statementId, run.zone), viewer.now)
  })
  const bytes = await renderPdf({
    document: 'statement',
    props: {
      branding: await readBranding(viewer.sql),
      figures,
      fingerprint: '',
      verifyUrl: '',
      isPreview: true,
    },
  })
  const headers: Record<string, string> = {
    ...downloadHeaders(`Preview ${figures.subject} ${period.fromDay}.pdf`, bytes.byteLength),
    'Content-Type': 'application/pdf',
  }
  headers['Content-Disposition'] = headers['Content-Disposition']!.replace('attachment', 'inline')
  delete headers['Content-Security-Policy']
  return new Response(new Uint8Array(bytes), { headers })
}
