import type { CommandChange } from '../../domain/command'
import { channels } from '../channels'
import type { Sql } from '../pool'

export type ExpiredCommand = {
  id: number
  chargerId: number
  action: string
  payload: string | null
  status: string
  sentAt: Date | null
  charger: string
  isConnected: boolean
  connectorStatus: string | null
}

/**
 * `claimExpired`: commands whose present step took too long, locked for this transaction. What waits for a charger that
 * is connected (it is busy with earlier ones) gets `busySeconds` more; a sent one gets a moment more, so that the
 * process that holds the socket ends it itself. Index: commands_open.
 */
export async function claimExpired(
  sql: Sql,
  options: { now: Date; busySeconds: number; graceSeconds: number; limit: number },
): Promise<ExpiredCommand[]> {
  const { rows } = await sql.query<ExpiredCommand>(
    `select c.id, c.charger_id as "chargerId", c.action, c.payload, c.status, c.sent_at as "sentAt",
            ch.name as charger, coalesce(st.connected, false) as "isConnected",
            case when c.connector_id is null or c.connector_id = 0 then st.status else cs.status end as "connectorStatus"
       from commands c
       join chargers ch on ch.id = c.charger_id
       left join charger_states st on st.id = ch.state_id
       left join connectors cn on cn.charger_id = c.charger_id and cn.connector_id = c.connector_id
       left join connector_states cs on cs.id = cn.state_id
      where not c.is_final
        and coalesce(c.expires_at, c.created_at + interval '10 minutes') < $1::timestamptz - make_interval(secs =>
              case when c.status = 'queued' and st.connected then $2 when c.status = 'queued' then 0 else $3 end)
      order by c.id limit $4 for update of c skip locked`,
    [options.now, options.busySeconds, options.graceSeconds, options.limit],
  )
  return rows
}

/** `settleCommands`: ends commands with their outcome, one event each; one that has ended meanwhile stays as it is. */
export async function settleCommands(
  sql: Sql,
  changes: readonly (CommandChange & { id: number })[],
  now: Date,
): Promise<void> {
  if (changes.length === 0) return
  await sql.query(
    `with told as (
       select * from jsonb_to_recordset($1::jsonb) as x(id int, status text, "isFinal" boolean, reason text, outcome text)
     ), settled as (
       update commands c
          set status = told.status, is_final = told."isFinal", reason = told.reason, outcome = told.outcome,
              settled_at = case when told."isFinal" then $2::timestamptz end, updated_at = $2
         from told where c.id = told.id and not c.is_final
       returning c.id, c.charger_id, c.session_id, c.action, c.status, c.is_final, c.reason, c.outcome
     )
     insert into telemetry.events (at, kind, charger_id, site_id, session_id, body)
     select $2, 'command.changed', s.charger_id, ch.site_id, s.session_id,
            jsonb_build_object('commandId', s.id, 'action', s.action, 'status', s.status, 'isFinal', s.is_final,
                               'reason', s.reason, 'outcome', s.outcome)
       from settled s join chargers ch on ch.id = s.charger_id`,
    [JSON.stringify(changes), now],
  )
  await sql.query('select pg_notify($1, $2)', [channels.event, ''])
}
