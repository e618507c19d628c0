import type { Endpoint } from 'payload'

import { requestDiagnostics } from '@/commands/diagnostics'
import { requestSql } from '@/db/requestSql'
import { env } from '@/platform/env'
import { staffAsks } from '../commands/staffAsks'
import { inTransaction } from '../inTransaction'
import { problem } from '../problem'
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
    const asks = await staffAsks(req)
    if (asks instanceof Response) return asks
    const { userId, grants } = asks.asker
    const body = await readJson(req)
    const requested = await inTransaction(req, async () =>
      requestDiagnostics(await requestSql(req), {
        ...asks,
        // a log is read: no second factor for that
        asker: { kind: 'staff', userId, grants },
        charger: body['charger'],
        log: body['log'],
        from: body['from'],
        until: body['until'],
        filesUrl: env().filesPublicUrl,
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
