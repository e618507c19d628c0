import type { PayloadRequest } from 'payload'

import type { CommandRequest } from '@/commands/request'
import { grantsFor, nowOf, staffOf, strongestRole } from '../access/whoAsks'
import { clientAddress, requestIdOf } from '../audit'
import { problem, refusal } from '../problem'
import { isProofMissing } from '../users/stepUp'

export type StaffAsks = Pick<CommandRequest, 'source' | 'actor' | 'now'> & {
  asker: Extract<CommandRequest['asker'], { kind: 'staff' }>
}

/** `staffAsks`: who wants something of a charger, as the door of commands wants to know it; a response where nobody may. */
export async function staffAsks(req: PayloadRequest): Promise<StaffAsks | Response> {
  const user = staffOf(req)
  if (!user) return problem(401, 'not-signed-in', 'Sign in first.')
  const role = await strongestRole(req)
  if (role === null)
    throw refusal(403, 'no-access', 'You have no access to any charger. Ask a Super Admin.')
  return {
    asker: {
      kind: 'staff',
      userId: user.id,
      grants: await grantsFor(req),
      isProofMissing: await isProofMissing(req),
    },
    // programs send a token, the panel its cookie
    source: req.headers.has('authorization') ? 'rest' : 'panel',
    actor: { name: user.name, role, ip: clientAddress(req), requestId: requestIdOf(req) },
    now: nowOf(req),
  }
}

export function idInPath(req: PayloadRequest): number | null {
  const text = String(req.routeParams?.['id'] ?? '')
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}
