import type { Endpoint, PayloadRequest } from 'payload'

import {
  clearProfile,
  makeProfile,
  sendProfile,
  type ProfileOutcome,
} from '@/commands/chargingProfiles'
import { requestSql } from '@/db/requestSql'
import { idInPath, staffAsks } from '../commands/staffAsks'
import { inTransaction } from '../inTransaction'
import { problem } from '../problem'
import { readJson } from '../readJson'

/**
 * `POST /api/charging-profiles {charger, connectorNumber, purpose, unit, recurrence, periods, stackLevel?, validFrom?,
 * validTo?, send?}` → 201 `{doc: {id, state, command}}`; `send: false` leaves it a draft.
 */
const make: Endpoint = {
  path: '/',
  method: 'post',
  handler: async (req) => {
    const staff = await staffAsks(req)
    if (staff instanceof Response) return staff
    const body = await readJson(req)
    return answered(req, 201, async () => makeProfile(await requestSql(req), body, staff))
  },
}

/** `POST /api/charging-profiles/:id/send` and `/clear` → 200 `{doc: {id, state, command}}`. */
const steer = (step: 'send' | 'clear'): Endpoint => ({
  path: `/:id/${step}`,
  method: 'post',
  handler: async (req) => {
    const staff = await staffAsks(req)
    if (staff instanceof Response) return staff
    const id = idInPath(req)
    if (id === null) return problem(404, 'unknown-profile', 'There is no such charging profile.')
    const act = step === 'send' ? sendProfile : clearProfile
    return answered(req, 200, async () => act(await requestSql(req), id, staff))
  },
})

export const chargingProfileEndpoints: Endpoint[] = [make, steer('send'), steer('clear')]

async function answered(
  req: PayloadRequest,
  status: number,
  work: () => Promise<ProfileOutcome>,
): Promise<Response> {
  const outcome = await inTransaction(req, work)
  if (outcome.kind === 'refused')
    return problem(outcome.status, outcome.code, outcome.sentence, outcome.member)
  const { id, state, commandId } = outcome
  return Response.json({ doc: { id, state, command: commandId } }, { status })
}
