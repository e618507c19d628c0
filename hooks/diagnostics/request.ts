import type { Endpoint } from 'payload'

import { requestDiagnostics } from '@/commands/diagnostics'
import { requestSql } from '@/db/requestSql'
import { env } from '@/platform/env'
import { grantsFor, staffOf, strongestRole } from '../access/whoAsks'
import { clientAddress, requestIdOf } from '../audit'
import { inTransaction } from '../inTransaction'
import { problem, refusal } from '../problem'
import { readJson } from '../readJson'

/**
 * `POST /api/diagnostics {charger, log?: diagnostics | security, from?, until?}` → 201 `{doc: {id, command}}`: the
 * charger is asked for its log and told where to put it. Then `GET /api/diagnostics/:id` until `state` is `uploaded`
 * or `failed`, and `GET /api/diagnostics/:id/file`.
 */
export const request: Endpoint = {
  path: '/',
  method: 'post',
  handler: async (req) => {
    const user = staffOf(req)
    if (!user) return problem(401, 'not-signed-in', 'Sign in first.')
    const role = await strongestRole(req)
    if (role === null)
      throw refusal(403, 'no-access', 'You have no access to any charger. Ask a Super Admin.')
    const body = await readJson(req)
    const grants = await grantsFor(req)
    const requested = await inTransaction(req, async () =>
      requestDiagnostics(await requestSql(req), {
        asker: { kind: 'staff', userId: user.id, grants },
        charger: body['charger'],
        log: body['log'],
        from: body['from'],
        until: body['until'],
        source: req.headers.has('authorization') ? 'rest' : 'panel',
        actor: { name: user.name, role, ip: clientAddress(req), requestId: requestIdOf(req) },
        filesUrl: env().filesPublicUrl,
        now: new Date(),
      }),
    )
    if (requested.kind === 'refused')
      return problem(requested.status, requested.code, requested.sentence, requested.member)
    const { id, commandId, chargerId } = requested
    return Response.json(
      { doc: { id, command: commandId, charger: chargerId, state: 'requested' } },
      { status: 201 },
    )
  },
}
