import type { Sql } from '@/db/pool'
import { findCommandTarget } from '@/db/queries/commandRequests'
import {
  findReservedCard,
  forgetReservation,
  insertReservation,
  lockReservation,
  setReservationCommand,
} from '@/db/queries/reservations'
import { checkUntil, ocppTime } from '@/domain/reservation'
import { scopeFor, type Scope } from '@/domain/scope'
import { authorise, type Asker } from './authorise'
import { readWish, type Refusal } from './catalogue'
import { requestCommand, type CommandRequest } from './request'
import { chargerNamed } from './target'

export type ReservationRequest = Pick<CommandRequest, 'charger' | 'source' | 'actor' | 'now'> & {
  asker: Asker
  /** 0: any connector of the charger. */
  connectorId: unknown
  /** The id of a card, or of a driver, whose card it is then for. */
  card: unknown
  driver: unknown
  until: unknown
}

export type Reserved =
  { kind: 'reserved'; id: number; commandId: number; chargerId: number } | Refusal

/**
 * `requestReservation`: a connector is to be kept free for a card. The row is there before the charger is asked, and its
 * number is the one that charger and session name it by. Run it in a transaction.
 */
export async function requestReservation(sql: Sql, request: ReservationRequest): Promise<Reserved> {
  const { asker, now } = request
  const { connectorId } = request
  if (typeof connectorId !== 'number' || !Number.isInteger(connectorId) || connectorId < 0)
    return bad('connectorId', 'connectorId is the number of a connector, or 0 for any.')
  const until = new Date(typeof request.until === 'string' ? request.until : NaN)
  const problem = checkUntil(until, now)
  if (problem) return bad('until', problem)
  const whom = readWhom(request)
  if ('kind' in whom) return whom
  const name = chargerNamed(request.charger)
  const target = name && (await findCommandTarget(sql, name))
  const card = await findReservedCard(sql, whom, cardsOf(asker, now))
  if (!card)
    return 'cardId' in whom
      ? bad('card', 'There is no such active card. Choose another one.')
      : bad('driver', 'This driver has no active card to reserve for. Give him one first.')
  const id = target
    ? await insertReservation(sql, {
        chargerId: target.id,
        connectorNumber: connectorId,
        driverId: card.driverId,
        cardId: card.id,
        until,
        requestedBy: asker.kind === 'staff' ? asker.userId : null,
        at: now,
      })
    : 0
  const { charger, source, actor } = request
  const requested = await requestCommand(sql, {
    asker,
    charger,
    source,
    actor,
    now,
    action: 'ReserveNow',
    payload: {
      connectorId,
      expiryDate: ocppTime(until),
      idTag: card.uid,
      ...(card.parentIdTag ? { parentIdTag: card.parentIdTag } : {}),
      reservationId: id,
    },
  })
  if (requested.kind === 'refused') {
    await forgetReservation(sql, id)
    return requested
  }
  await setReservationCommand(sql, id, 'command_id', requested.id, now)
  return { kind: 'reserved', id, commandId: requested.id, chargerId: requested.chargerId }
}

export type Cancelling = { kind: 'cancelling'; id: number; commandId: number } | Refusal

/** `cancelReservation`: asks the charger to let go of it; its answer ends the reservation. Run it in a transaction. */
export async function cancelReservation(
  sql: Sql,
  id: number,
  request: Pick<CommandRequest, 'source' | 'actor' | 'now'> & { asker: Asker },
): Promise<Cancelling> {
  const row = await lockReservation(sql, id)
  if (!row) return unknownReservation
  const wish = { action: 'CancelReservation', payload: { reservationId: id } }
  const read = readWish(wish)
  if ('kind' in read) return read
  const { asker, now } = request
  const verdict = await authorise(sql, { asker, charger: row.chargerId, wish: read, now })
  // a charger outside the scope and a reservation that is not there get one answer
  if (verdict.kind === 'refused' && verdict.status === 404) return unknownReservation
  if (verdict.kind === 'ok' && row.state !== 'accepted' && row.state !== 'requested')
    return {
      kind: 'refused',
      status: 409,
      code: 'already-over',
      sentence: `This reservation is over (${row.state}); there is nothing to cancel.`,
    }
  const requested = await requestCommand(sql, { ...request, ...wish, charger: row.chargerId })
  if (requested.kind === 'refused') return requested
  await setReservationCommand(sql, id, 'cancel_command_id', requested.id, now)
  return { kind: 'cancelling', id, commandId: requested.id }
}

const unknownReservation: Refusal = {
  kind: 'refused',
  status: 404,
  code: 'unknown-reservation',
  sentence: 'There is no such reservation.',
}

function readWhom({
  card,
  driver,
}: ReservationRequest): { cardId: number } | { driverId: number } | Refusal {
  const isGiven = (value: unknown) => value !== undefined && value !== null
  if (isGiven(card) === isGiven(driver))
    return bad('card', 'Say for whom: card or driver, one of the two.')
  if (isGiven(card)) return isId(card) ? { cardId: card } : bad('card', 'card is the id of a card.')
  return isId(driver) ? { driverId: driver } : bad('driver', 'driver is the id of a driver.')
}

const isId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 2 ** 31

/** The cards that the asker may see; a rule of ours may use every one. */
function cardsOf(asker: Asker, now: Date): Scope {
  return asker.kind === 'staff'
    ? scopeFor(asker.grants, 'rfid-cards', 'read', now)
    : { kind: 'all' }
}

function bad(member: string, sentence: string): Refusal {
  return { kind: 'refused', status: 400, code: 'invalid-reservation', sentence, member }
}
