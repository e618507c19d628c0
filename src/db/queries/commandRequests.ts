import { channels } from '../channels'
import { notify } from '../notify'
import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type CommandTarget = {
  id: number
  name: string
  identity: string
  siteId: number
  regionId: number | null
  /** null until its first boot. */
  registrationStatus: string | null
  isConnected: boolean
  /** The least it must show to be let in. */
  securityProfile: number
}

/** `findCommandTarget`: the charger with this id, or this identity in any case. */
export async function findCommandTarget(
  sql: Sql,
  charger: { id: number } | { identity: string },
): Promise<CommandTarget | null> {
  const condition = 'id' in charger ? 'c.id = $1' : 'lower(c.identity) = lower($1)'
  const { rows } = await sql.query<CommandTarget>(
    `select c.id, c.name, c.identity, c.site_id as "siteId", s.region_id as "regionId",
            st.registration_status as "registrationStatus", coalesce(st.connected, false) as "isConnected",
            greatest(coalesce(c.security_profile::text, '1')::int,
              coalesce((select case when k.value ~ '^[0-3]$' then k.value::int end from telemetry.charger_configuration k
                         where k.charger_id = c.id and k.key = 'SecurityProfile'), 0)) as "securityProfile"
       from chargers c join sites s on s.id = c.site_id left join charger_states st on st.id = c.state_id
      where ${condition}`,
    ['id' in charger ? charger.id : charger.identity],
  )
  return rows[0] ?? null
}

/** `findCardNumber`: the number of an active card inside the scope; null for any other. */
export async function findCardNumber(sql: Sql, id: number, scope: Scope): Promise<string | null> {
  const values: unknown[] = [id]
  const inScope = scopeSql(scope, { charger: null, site: 'k.site_id' }, values)
  const { rows } = await sql.query<{ uid: string }>(
    `select k.uid from rfid_cards k where k.id = $1 and k.status = 'active' and ${inScope}`,
    values,
  )
  return rows[0]?.uid ?? null
}

/** `countRecentCommands`: how many this person asked for since then, and how many are open at this charger. */
export async function countRecentCommands(
  sql: Sql,
  asked: { userId: number | null; since: Date; chargerId: number },
): Promise<{ byUser: number; open: number }> {
  const { rows } = await sql.query<{ byUser: number; open: number }>(
    `select (select count(*)::int from commands where requested_by_id = $1 and created_at > $2) as "byUser",
            (select count(*)::int from commands where charger_id = $3 and not is_final and created_at > $2) as open`,
    [asked.userId, asked.since, asked.chargerId],
  )
  return rows[0] ?? { byUser: 0, open: 0 }
}

export type NewCommand = {
  chargerId: number
  siteId: number
  action: string
  /** As it will go over the wire: text, so that members keep their order. */
  payload: string
  requestedBy: number | null
  source: string
  connectorId: number | null
  transactionId: number | null
  idTag: string | null
  at: Date
  expiresAt: Date
}

/**
 * `insertCommand`: the wish is a row, the outbox says so, and the process that holds the charger's socket is told when
 * the transaction commits. The session is the one its transaction number names.
 */
export async function insertCommand(sql: Sql, command: NewCommand): Promise<number> {
  const { rows } = await sql.query<{ id: number }>(
    `with wish as (
       insert into commands (charger_id, action, payload, status, is_final, requested_by_id, source, connector_id,
                             transaction_id, id_tag, session_id, expires_at, updated_at, created_at)
       values ($1, $2, $3, 'queued', false, $4, $5, $6, $7::numeric, $8,
               (select id from sessions where transaction_id = $7::numeric and charger_id = $1), $9, $10, $10)
       returning id, session_id
     ), told as (
       insert into telemetry.events (at, kind, charger_id, site_id, session_id, body)
       select $10, 'command.changed', $1, $11, session_id,
              jsonb_build_object('commandId', id, 'action', $2::text, 'status', 'queued', 'isFinal', false,
                                 'reason', null, 'outcome', null)
         from wish
     )
     select id from wish`,
    [
      command.chargerId,
      command.action,
      command.payload,
      command.requestedBy,
      command.source,
      command.connectorId,
      command.transactionId,
      command.idTag,
      command.expiresAt,
      command.at,
      command.siteId,
    ],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('the command was not written')
  await notify(sql, channels.command, command.chargerId)
  await notify(sql, channels.event, '')
  return id
}
