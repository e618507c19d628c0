import type { Endpoint, PayloadRequest } from 'payload'

import { requestCommand, type Requested } from '@/commands/request'
import { requestSql } from '@/db/requestSql'
import { grantsFor, staffOf, strongestRole } from '../access/whoAsks'
import { clientAddress, requestIdOf } from '../audit'
import { inTransaction } from '../inTransaction'
import { problem, refusal } from '../problem'
import { readJson } from '../readJson'
import { isProofMissing } from '../users/stepUp'

/**
 * `POST /api/commands {charger: id | identity, action, payload, card?}` → 201 `{doc: {id, status}}`. The same for REST and the
 * panel; it stands before Payload's own create, which is closed for everybody.
 */
export const request: Endpoint = {
  path: '/',
  method: 'post',
  handler: async (req) => {
    const user = staffOf(req)
    if (!user) return problem(401, 'not-signed-in', 'Sign in first.')
    const body = await readJson(req)
    const grants = await grantsFor(req)
    const role = await strongestRole(req)
    if (role === null)
      throw refusal(403, 'no-access', 'You have no access to any charger. Ask a Super Admin.')
    const isUnproved = await isProofMissing(req)
    const requested = await inTransaction(req, async () =>
      requestCommand(await requestSql(req), {
        asker: { kind: 'staff', userId: user.id, grants, isProofMissing: isUnproved },
        charger: body['charger'],
        action: body['action'],
        payload: body['payload'],
        card: body['card'],
        source: isFromPanel(req) ? 'panel' : 'rest',
        actor: { name: user.name, role, ip: clientAddress(req), requestId: requestIdOf(req) },
        now: new Date(),
      }),
    )
    return answer(requested)
  },
}

function answer(requested: Requested): Response {
  if (requested.kind === 'refused')
    return problem(requested.status, requested.code, requested.sentence, requested.member)
  const { id, status, chargerId } = requested
  return Response.json({ doc: { id, status, charger: chargerId } }, { status: 201 })
}

/** Programs send a token, the panel its cookie. */
function isFromPanel(req: PayloadRequest): boolean {
  return !req.headers.has('authorization')
}
