import type { Endpoint, PayloadRequest } from 'payload'

import {
  startUpdate,
  steerUpdate,
  steps,
  type Started,
  type Steered,
  type Step,
} from '@/commands/firmwareUpdates'
import type { Refusal } from '@/commands/catalogue'
import { readTargets } from '@/db/queries/firmwareBoard'
import { requestSql } from '@/db/requestSql'
import { scopeOf, staffOf } from '../access/whoAsks'
import { staffAsks } from '../commands/staffAsks'
import { inTransaction } from '../inTransaction'
import { problem } from '../problem'
import { readJson } from '../readJson'

/**
 * `POST /api/firmware-updates {firmware, chargers, …}` → 201; stands before Payload's own create, which is closed for
 * everybody. The same for REST and the panel.
 */
const start: Endpoint = {
  path: '/',
  method: 'post',
  handler: async (req) => {
    const staff = await staffFor(req)
    if (staff instanceof Response) return staff
    const body = await readJson(req)
    const outcome = await inTransaction(req, async () =>
      startUpdate(await requestSql(req), staff, body),
    )
    return answered(outcome, 201)
  },
}

const steer = (step: Step): Endpoint => ({
  path: `/:id/${step}`,
  method: 'post',
  handler: async (req) => {
    const staff = await staffFor(req)
    if (staff instanceof Response) return staff
    const id = idIn(req)
    if (id === null) return unknownUpdate()
    const outcome = await inTransaction(req, async () =>
      steerUpdate(await requestSql(req), staff, id, step),
    )
    return answered(outcome, 200)
  },
})

/** `GET /api/firmware-updates/:id/targets`: how far each charger is, inside the caller's scope. */
const targets: Endpoint = {
  path: '/:id/targets',
  method: 'get',
  handler: async (req) => {
    if (!staffOf(req)) return problem(401, 'not-signed-in', 'Sign in first.')
    const id = idIn(req)
    const scope = await scopeOf(req, 'firmware-updates', 'read')
    if (id === null || scope.kind === 'none') return unknownUpdate()
    const docs = await readTargets(await requestSql(req), id, scope)
    if (docs.length === 0) return unknownUpdate()
    return Response.json({ docs, totalDocs: docs.length })
  },
}

export const updateEndpoints: Endpoint[] = [start, ...steps.map(steer), targets]

async function staffFor(req: PayloadRequest) {
  const asks = await staffAsks(req)
  if (asks instanceof Response) return asks
  const { asker, actor, now } = asks
  return { ...asker, actor, now }
}

function answered(outcome: Started | Steered | Refusal, status: number): Response {
  if (outcome.kind === 'refused')
    return problem(outcome.status, outcome.code, outcome.sentence, outcome.member)
  const { kind: _kind, ...doc } = outcome
  return Response.json({ doc }, { status })
}

function idIn(req: PayloadRequest): number | null {
  const text = String(req.routeParams?.['id'] ?? '')
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

const unknownUpdate = () => problem(404, 'unknown-update', 'There is no such firmware update.')
