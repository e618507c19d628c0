import type { OpenReservation } from '../../domain/reservation'
import type { Scope } from '../../domain/scope'
import { channels } from '../channels'
import { notify } from '../notify'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type CardForReservation = { id: number; uid: string; parentIdTag: string | null }

/** `findReservedCard`: an active card in the scope: this one, or the one its driver used last. */
export async function findReservedCard(
  sql: Sql,
  whom: { cardId: number } | { driverId: number },
  scope: Scope,
): Promise<(CardForReservation & { driverId: number | null }) | null> {
  const values: unknown[] = ['cardId' in whom ? whom.cardId : whom.driverId]
  const inScope = scopeSql(scope, { charger: null, site: 'k.site_id' }, values)
  const { rows } = await sql.query<CardForReservation & { driverId: number | null }>(
    `select k.id, k.uid, k.parent_id_tag "parentIdTag", k.driver_id "driverId"
       from rfid_cards k left join drivers d on d.id = k.driver_id
      where ${'cardId' in whom ? 'k.id' : 'k.driver_id'} = $1 and k.status = 'active'
        and (k.expires_at is null or k.expires_at > now())
        and d.status::text is distinct from 'suspended' and ${inScope}
      order by (select max(s.started_at) from sessions s where s.card_id = k.id) desc nulls last, k.id limit 1`,
    values,
  )
  return rows[0] ?? null
}

export async function insertReservation(
  sql: Sql,
  row: {
    chargerId: number
    connectorNumber: number
    driverId: number | null
    cardId: number
    until: Date
    requestedBy: number | null
    at: Date
  },
): Promise<number> {
  const { rows } = await sql.query<{ id: number }>(
    `insert into reservations
       (charger_id, connector_number, state, driver_id, card_id, until, requested_by_id, updated_at, created_at)
     values ($1, $2, 'requested', $3, $4, $5, $6, $7, $7) returning id`,
    [
      row.chargerId,
      row.connectorNumber,
      row.driverId,
      row.cardId,
      row.until,
      row.requestedBy,
      row.at,
    ],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('the reservation was not written')
  return id
}

/** `forgetReservation`: it was not asked after all. */
export async function forgetReservation(sql: Sql, id: number): Promise<void> {
  await sql.query('delete from reservations where id = $1 and command_id is null', [id])
}

export async function setReservationCommand(
  sql: Sql,
  id: number,
  which: 'command_id' | 'cancel_command_id',
  commandId: number,
  at: Date,
): Promise<void> {
  await sql.query(`update reservations set ${which} = $2, updated_at = $3 where id = $1`, [
    id,
    commandId,
    at,
  ])
}

/** `lockReservation`: to cancel it; null for one that is not there. */
export async function lockReservation(
  sql: Sql,
  id: number,
): Promise<{ id: number; chargerId: number; state: string } | null> {
  const { rows } = await sql.query<{ id: number; chargerId: number; state: string }>(
    `select id, charger_id "chargerId", state from reservations where id = $1 for update`,
    [id],
  )
  return rows[0] ?? null
}

export type ClaimedReservation = OpenReservation & {
  id: number
  chargerId: number
  connectorNumber: number
  /** Whom to tell, and of what. */
  driver: { name: string; email: string } | null
  charger: string
  site: string
  timezone: string
}

const endOf = (command: string) => `case when ${command}.is_final then
  json_build_object('status', ${command}.status, 'reason', ${command}.reason, 'outcome', ${command}.outcome) end`

/**
 * `claimReservations`: those that are not over, with what is known of them, locked for this transaction. A charge uses
 * the reservation that it names, or that of its card at its connector. Index: reservations_open.
 */
export async function claimReservations(sql: Sql, limit: number): Promise<ClaimedReservation[]> {
  const { rows } = await sql.query<ClaimedReservation>(
    `select r.id, r.charger_id "chargerId", r.connector_number::int "connectorNumber", r.state, r.until,
            ${endOf('c')} reserve, ${endOf('cc')} cancel,
            used.id "sessionId", lost.status "lostTo",
            case when d.id is not null and d.email is not null then json_build_object('name', d.name, 'email', d.email) end driver,
            ch.name charger, si.name site, coalesce(nullif(si.timezone, ''), 'Europe/London') timezone
       from reservations r
       join chargers ch on ch.id = r.charger_id
       join sites si on si.id = ch.site_id
       left join drivers d on d.id = r.driver_id
       left join commands c on c.id = r.command_id
       left join commands cc on cc.id = r.cancel_command_id
       left join lateral (
         select s.id from sessions s
          where s.charger_id = r.charger_id and s.created_at >= r.created_at
            and (s.reservation_number = r.id
                 or (s.reservation_number is null and r.state = 'accepted' and s.card_id = r.card_id
                     and r.connector_number in (0, s.connector_number)))
          order by s.id limit 1) used on true
       left join lateral (
         select l.status from telemetry.status_log l
          where l.charger_id = r.charger_id and l.at > c.answered_at and l.connector_id in (0, r.connector_number::int)
            and l.status in ('Faulted', 'Unavailable')
          order by l.at limit 1) lost on true
      where r.state in ('requested', 'accepted') order by r.id limit $1 for update of r skip locked`,
    [limit],
  )
  return rows
}

/** `moveReservation`: its new state, and an event for whoever looks at the charger. */
export async function moveReservation(
  sql: Sql,
  move: { id: number; state: string; reason: string | null; sessionId: number | null; at: Date },
): Promise<void> {
  await sql.query(
    `with moved as (
       update reservations set state = $2::varchar, reason = $3, session_id = $4, updated_at = $5,
              accepted_at = case when $2::varchar = 'accepted' then $5 else accepted_at end,
              ended_at = case when $2::varchar = 'accepted' then null else $5 end
        where id = $1 returning *
     )
     insert into telemetry.events (at, kind, charger_id, site_id, body)
     select $5, 'reservation.changed', m.charger_id, ch.site_id,
            jsonb_build_object('reservationId', m.id, 'connectorId', m.connector_number, 'state', m.state)
       from moved m join chargers ch on ch.id = m.charger_id`,
    [move.id, move.state, move.reason, move.sessionId, move.at],
  )
  await notify(sql, channels.event, '')
}
