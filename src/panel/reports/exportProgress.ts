import type { PayloadRequest } from 'payload'

import { readExport } from '@/db/queries/exports'
import { PublicError } from '@/platform/errors'
import { demandViewer } from '../demandViewer'

/** `GET /api/reports/exports/<name>`: how far one's own file is. */
export function exportProgress(id: string): (req: PayloadRequest) => Promise<Response> {
  return async (req) => {
    const viewer = await demandViewer(req)
    const progress = await readExport(viewer.sql, id, viewer.userId)
    if (!progress)
      throw new PublicError({
        code: 'unknown-export',
        status: 404,
        sentence: 'There is no such file under way.',
      })
    return Response.json(progress)
  }
}
