import type { Endpoint } from 'payload'

import { requestCommand, type Requested } from '@/commands/request'
import { requestSql } from '@/db/requestSql'
import { inTransaction } from '../inTransaction'
import { problem } from '../problem'
import { readJson } from '../readJson'
import { staffAsks } from './staffAsks'

/**
 * `POST /api/commands {charger: id | identity, action, payload, card?}` → 201 `{doc: {id, status}}`. The same for REST and the
 * panel; it stands before Payload's own create, which is closed for everybody.
 */
export const request: Endpoint = {
  path: '/',
  method: 'post',
  handler: async (req) => {
    const asks = await staffAsks(req)
    if (asks instanceof Response) return asks
    const body = await readJson(req)
    const requested = await inTransaction(req, async () =>
      requestCommand(await requestSql(req), {
        ...asks,
        charger: body['charger'],
        action: body['action'],
        payload: body['payload'],
        card: body['card'],
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
