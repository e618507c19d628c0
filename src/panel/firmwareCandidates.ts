import type { PayloadRequest } from 'payload'

import { readCandidates } from '@/db/queries/firmwareBoard'
import { PublicError } from '@/platform/errors'
import { viewerOf } from './viewer'

const rowsMost = 200

/**
 * `GET /api/firmware-updates/candidates?search=&vendor=&model=&ids=`: chargers the person may update, the first 200 of
 * them, and the ids of all (10,000 at most), so that a whole make can be chosen at once.
 */
export async function firmwareCandidates(req: PayloadRequest): Promise<Response> {
  const viewer = await viewerOf(req)
  if (!viewer)
    throw new PublicError({ code: 'not-signed-in', status: 401, sentence: 'Sign in first.' })
  const scope = viewer.scope('firmware-updates', 'create')
  if (scope.kind === 'none')
    throw new PublicError({
      code: 'not-permitted',
      status: 403,
      sentence: 'Your role does not update firmware.',
    })
  const query = new URL(req.url ?? '', 'http://localhost').searchParams
  const text = (name: string) =>
    query.get(name)?.replaceAll('\u0000', '').slice(0, 60).trim() || null
  const ids = query
    .get('ids')
    ?.split(',')
    .slice(0, 10_000)
    .filter((one) => /^[1-9]\d{0,8}$/.test(one))
    .map(Number)
  const found = await readCandidates(viewer.sql, {
    scope,
    search: text('search'),
    vendor: text('vendor'),
    model: text('model'),
    ids: ids ?? null,
    limit: rowsMost,
  })
  return Response.json({ docs: found.rows, totalDocs: found.total, ids: found.ids })
}
