import type { PayloadRequest } from 'payload'

import { needsProof } from '@/db/queries/logins'
import { takeTurn } from '@/db/takeTurn'
import { largeExportRows, overCap, overCapCode } from '@/domain/sensitive'
import { stepUpSeconds } from '@/domain/signIn'
import { PublicError } from '@/platform/errors'

import { staffAudit } from './staffAudit'
import type { Viewer } from './viewer'

type Of = { resource: string; resourceId: string | null }

/**
 * `demandLargeTurn`: a copy of the business wants the second factor again from whoever has one, so many an hour are enough,
 * and the Super Admins hear of it (SEC-47). A refusal is in the audit log.
 */
export async function demandLargeTurn(req: PayloadRequest, viewer: Viewer, of: Of): Promise<void> {
  const { sql, now, userId } = viewer
  if (await needsProof(sql, viewer, stepUpSeconds))
    throw await refused(req, viewer, of, {
      code: 'step-up-required',
      status: 403,
      sentence: `Enter the code of your authenticator app once more for a file of more than ${largeExportRows.toLocaleString('en-GB')} rows.`,
    })
  const name = String(req.user?.name || req.user?.email || 'staff')
  const ip = req.headers.get('x-cpms-client')?.slice(0, 45) ?? null
  const turn = await takeTurn(sql, { kind: 'largeExports', user: { id: userId, name }, ip, now })
  if (turn.kind === 'refused')
    throw await refused(req, viewer, of, {
      code: overCapCode,
      status: 429,
      sentence: overCap('largeExports', turn.most, turn.freeAt, now),
    })
}

async function refused(
  req: PayloadRequest,
  viewer: Viewer,
  of: Of,
  why: { code: string; status: 403 | 429; sentence: string },
): Promise<PublicError> {
  await staffAudit(req, viewer, {
    action: 'export',
    ...of,
    siteId: null,
    result: 'refused',
    reason: why.code,
  })
  return new PublicError(why)
}
