import type { CollectionBeforeOperationHook, PayloadRequest } from 'payload'

import { needsProof } from '@/db/queries/logins'
import { poolOf } from '@/db/requestSql'
import { stepUpSeconds } from '@/domain/signIn'
import { sessionOf, staffOf } from '../access/whoAsks'
import { refusal } from '../problem'

/** What a panel or a program looks for in an answer 403; then `POST /api/users/step-up {code}` and the same again. */
export const stepUpCode = 'step-up-required'

/**
 * `requireStepUp`: a sensitive action wants a second factor that was shown within five minutes, from people who have one
 * (SEC-47). Who should have one is the setting `secondFactorRoles`.
 */
export async function requireStepUp(req: PayloadRequest, action: string): Promise<void> {
  if (!(await isProofMissing(req))) return
  throw refusal(403, stepUpCode, `Enter the code of your authenticator app once more to ${action}.`)
}

/** For doors that answer in words of their own. */
export async function isProofMissing(req: PayloadRequest): Promise<boolean> {
  const user = staffOf(req)
  if (!user) return false
  return needsProof(poolOf(req), { userId: user.id, sessionId: sessionOf(req) }, stepUpSeconds)
}

/** Collections whose every change is sensitive, and what it is called. */
const sensitive: Readonly<Record<string, string>> = {
  grants: 'change what somebody may do',
  tariffs: 'change a tariff',
}

/** `stepUpForChanges`: for REST, GraphQL and the panel alike; our own code (`overrideAccess`) is not asked. */
export const stepUpForChanges: CollectionBeforeOperationHook = async ({
  args,
  collection,
  operation,
  req,
}) => {
  const action = sensitive[collection.slug]
  const isChange = operation === 'create' || operation === 'update' || operation === 'delete'
  const { overrideAccess } = args as { overrideAccess?: boolean }
  if (action && isChange && overrideAccess !== true) await requireStepUp(req, action)
  return args
}
