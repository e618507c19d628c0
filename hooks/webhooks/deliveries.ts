import type { Endpoint, PayloadRequest } from 'payload'

import { insertTestDelivery, redeliver } from '@/db/queries/webhooks'
import { poolOf } from '@/db/requestSql'
import { idOf } from '../access/fieldByPolicy'
import { scopeOf, staffOf } from '../access/whoAsks'
import { record } from '../audit'
import { problem } from '../problem'
import { readJson } from '../readJson'

async function refusal(req: PayloadRequest): Promise<Response | null> {
  if (!staffOf(req)) return problem(401, 'not-signed-in', 'Sign in first.')
  if ((await scopeOf(req, 'webhooks', 'update')).kind === 'all') return null
  return problem(404, 'unknown-webhook', 'There is no such webhook.')
}

/** `POST /api/webhooks/:id/test`: a message of kind `test`, sent as any other. */
const test: Endpoint = {
  path: '/:id/test',
  method: 'post',
  handler: async (req) => {
    const refused = await refusal(req)
    if (refused) return refused
    const id = idOf(req.routeParams?.['id'])
    const isThere =
      id !== null && (await insertTestDelivery(poolOf(req), { webhookId: id, now: new Date() }))
    if (!isThere) return problem(404, 'unknown-webhook', 'There is no such webhook.')
    await record(req, {
      action: 'test',
      resource: 'webhooks',
      resourceId: String(id),
      siteId: null,
    })
    return Response.json({ doc: { id } }, { status: 202 })
  },
}

/** `POST /api/webhooks/:id/redeliver {delivery}`: sends one again. */
const again: Endpoint = {
  path: '/:id/redeliver',
  method: 'post',
  handler: async (req) => {
    const refused = await refusal(req)
    if (refused) return refused
    const webhookId = idOf(req.routeParams?.['id'])
    const id = idOf((await readJson(req))['delivery'])
    const isThere =
      webhookId !== null &&
      id !== null &&
      (await redeliver(poolOf(req), { webhookId, id, now: new Date() }))
    if (!isThere) return problem(404, 'unknown-delivery', 'There is no such delivery.')
    await record(req, {
      action: 'redeliver',
      resource: 'webhooks',
      resourceId: String(webhookId),
      siteId: null,
      after: JSON.stringify({ delivery: id }),
    })
    return Response.json({ doc: { id } }, { status: 202 })
  },
}

export const deliveryActions: Endpoint[] = [test, again]
