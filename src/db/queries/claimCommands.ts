import type { CommandKind, CommandStatus } from '@/domain/command'
import type { Pool } from '../pool'

export type ClaimedCommand = {
  id: number
  chargerId: number
  action: CommandKind
  /** Verbatim: member order included. */
  payloadText: string
  status: CommandStatus
  sentAt: Date | null
  /** The charger's name on screen. */
  charger: string
  connectorStatus: string | null
  /** No answer has come yet. */
  isAwaitingAnswer: boolean
}

const columns = `c.id, c.charger_id "chargerId", c.action, coalesce(c.payload, '{}') "payloadText", c.status, c.sent_at "sentAt",
  ch.name charger, c.answered_at is null "isAwaitingAnswer",
  case when coalesce(c.connector_id, 0) = 0 then coalesce(st.own_status, st.status) else cs.status end "connectorStatus"`

const joins = `join chargers ch on ch.id = c.charger_id
  left join charger_states st on st.id = ch.state_id
  left join connectors cn on cn.charger_id = c.charger_id and cn.connector_id = c.connector_id
  left join connector_states cs on cs.id = cn.state_id`

/**
 * The oldest wish for a charger, taken by the connection that holds it now (the fence: a stale one gets nothing), and
 * only while it has not waited past its time: a command is never replayed later. Index: commands_open.
 */
export async function claimCommand(
  pool: Pool,
  holder: { chargerId: number; connectionId: number },
  now: Date,
  messageId: string,
): Promise<ClaimedCommand | null> {
  const { rows } = await pool.query<ClaimedCommand>(
    `with next as (
       select c.id from commands c
         join telemetry.connections o on o.charger_id = c.charger_id and o.connection_id = $2
        where c.charger_id = $1 and not c.is_final and c.status = 'queued' and (c.expires_at is null or c.expires_at > $3)
        order by c.id limit 1 for update of c skip locked
     ), taken as (
       update commands c set status = 'sent', sent_at = $3, message_id = $4, updated_at = $3,
              expires_at = $3::timestamptz + interval '10 minutes'
         from next where c.id = next.id
       returning c.*
     ), told as (
       insert into telemetry.events (at, kind, charger_id, site_id, session_id, body)
       select $3, 'command.changed', c.charger_id, ch.site_id, c.session_id,
              jsonb_build_object('commandId', c.id, 'action', c.action, 'status', 'sent', 'isFinal', false)
         from taken c join chargers ch on ch.id = c.charger_id
     ), woken as (
       select pg_notify('cpms_event', '') from taken
     )
     select ${columns}, (select count(*) from woken) from taken c ${joins}`,
    [holder.chargerId, holder.connectionId, now, messageId],
  )
  return rows[0] ?? null
}

/** Wishes of a charger that were sent or accepted and still wait for an answer or an effect; read when it connects. */
export async function openCommands(pool: Pool, chargerId: number): Promise<ClaimedCommand[]> {
  const { rows } = await pool.query<ClaimedCommand>(
    `select ${columns} from commands c ${joins}
      where c.charger_id = $1 and not c.is_final and c.status in ('sent', 'accepted') order by c.id`,
    [chargerId],
  )
  return rows
}

/** Of these chargers, the ones for which a wish waits. For the poll that makes a lost NOTIFY harmless. */
export async function chargersWithWishes(
  pool: Pool,
  chargerIds: readonly number[],
): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `select distinct charger_id id from commands
      where not is_final and status = 'queued' and charger_id = any($1::int4[])`,
    [chargerIds],
  )
  return rows.map((row) => row.id)
}
