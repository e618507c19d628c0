import type { PayloadRequest } from 'payload'

import { openReport } from '#reports/run'
import { ReportProblem } from '#reports/report'
import { demandViewer } from '../demandViewer'
import { badQuery, readAsked } from './asked'
import { exportReport } from './exportReport'
import { reportPool } from './pool'
import { readPage } from './screen'

/**
 * `GET /api/reports/<report>?format=json|csv|xlsx|pdf&from=&to=&charger=&site=&region=&operator=&driver=&fleet=`: the report as a
 * page of rows with its totals and charts, or as a file that is written while it is read. `export` names a file under
 * way (16 to 64 letters and digits of the caller's choice) for `GET /api/reports/exports/<name>`.
 */
export function reportRoute(slug: string): (req: PayloadRequest) => Promise<Response> {
  return async (req) => {
    const viewer = await demandViewer(req)
    const query = new URL(req.url ?? '', 'http://localhost').searchParams
    const asked = await readAsked(viewer, slug, query)
    try {
      const deps = { pool: reportPool(), now: viewer.now }
      if (asked.format === 'json') return Response.json(await readPage(asked, deps))
      const open = () => openReport(asked.entry.kind, asked.params, asked.scope, deps)
      return await exportReport({ req, viewer, asked, format: asked.format, query, open })
    } catch (error) {
      if (error instanceof ReportProblem) throw badQuery(error.message)
      throw error
    }
  }
}
