import type { Endpoint } from 'payload'

import { cancelReservation, requestReservation } from '@/commands/reservations'
import { requestSql } from '@/db/requestSql'
import { idInPath, staffAsks } from '../commands/staffAsks'
import { inTransaction } from '../inTransaction'
import { problem } from '../problem'
import { readJson } from '../readJson'

/**
 * `POST /api/reservations {charger, connectorId, card | driver, until}` → 201 `{doc: {id, command, charger, state}}`;
 * then `GET /api/reservations/:id` tells what became of it.
 */
const reserve: Endpoint = {
  path: '/',
  method: 'post',
  handler: async (req) => {
    const staff = await staffAsks(req)
    if (staff instanceof Response) return staff
    const body = await readJson(req)
    const reserved = await inTransaction(req, async () =>
      requestReservation(await requestSql(req), {
        ...staff,
        charger: body['charger'],
        connectorId: body['connectorId'],
        card: body['card'],
        driver: body['driver'],
        until: body['until'],
      }),
    )
    if (reserved.kind === 'refused')
      return problem(reserved.status, reserved.code, reserved.sentence, reserved.member)
    const { id, commandId, chargerId } = reserved
    return Response.json(
      { doc: { id, command: commandId, charger: chargerId, state: 'requested' } },
      { status: 201 },
    )
  },
}

/** `POST /api/reservations/:id/cancel` → 200; the reservation is cancelled when the charger has said so. */
const cancel: Endpoint = {
  path: '/:id/cancel',
  method: 'post',
  handler: async (req) => {
    const staff = await staffAsks(req)
    if (staff instanceof Response) return staff
    const id = idInPath(req)
    if (id === null) return problem(404, 'unknown-reservation', 'There is no such reservation.')
    const outcome = await inTransaction(req, async () =>
      cancelReservation(await requestSql(req), id, staff),
    )
    if (outcome.kind === 'refused')
      return problem(outcome.status, outcome.code, outcome.sentence, outcome.member)
    return Response.json({ doc: { id, command: outcome.commandId } })
  },
}

export const reservationEndpoints: Endpoint[] = [reserve, cancel]
