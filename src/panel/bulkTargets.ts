import type { PayloadRequest } from 'payload'

import { readBulkTargets, type BulkTarget } from '@/db/queries/bulkTargets'
import { isInside } from '@/domain/scope'
import { PublicError } from '@/platform/errors'

import { demandViewer } from './demandViewer'

export const bulkMost = 500

export type BulkPermission = 'reset' | 'availability' | 'configure' | 'diagnose'
export type BulkCharger = Omit<BulkTarget, 'regionId'> & { may: Record<BulkPermission, boolean> }

/**
 * `POST /api/bulk-chargers {ids}`: who and what a command to these chargers would touch, and what of it the caller may
 * give. It changes nothing: each command then goes through `POST /api/commands` like any other.
 */
export async function bulkTargets(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  const ids = await idsIn(req)
  const targets = await readBulkTargets(viewer.sql, ids, viewer.scope('chargers', 'read'))
  const scopes = {
    reset: viewer.scope('commands', 'reset'),
    availability: viewer.scope('connectors', 'change-availability'),
    configure: viewer.scope('commands', 'configure'),
    diagnose: viewer.scope('commands', 'diagnose'),
  }
  const docs = targets.map(({ regionId, ...target }): BulkCharger => {
    const place = { chargerId: target.id, siteId: target.siteId, regionId }
    const may = (permission: BulkPermission) => isInside(scopes[permission], place)
    return {
      ...target,
      may: {
        reset: may('reset'),
        availability: may('availability'),
        configure: may('configure'),
        diagnose: may('diagnose'),
      },
    }
  })
  return Response.json({ docs })
}

async function idsIn(req: PayloadRequest): Promise<number[]> {
  const body: unknown = await req.json?.().catch(() => null)
  const ids = (body as { ids?: unknown } | null)?.ids
  const isFine =
    Array.isArray(ids) &&
    ids.length <= bulkMost &&
    ids.every((id) => Number.isSafeInteger(id) && id > 0 && id < 2 ** 31)
  if (isFine) return ids as number[]
  throw new PublicError({
    code: 'bad-body',
    status: 400,
    sentence: `ids is a list of at most ${bulkMost} charger numbers.`,
  })
}
