import { boolArray, int4Array, textArray, timestampArray } from '../arrays'
import type { Tx } from '../writer'

export type Settlement = {
  commandId: number
  status: string
  isFinal: boolean
  reason: string | null
  outcome: string
  /** The charger's answer as it came; null where this step is not an answer. */
  response: string | null
  at: Date
  expiresAt: Date | null
  /** The start whose session fulfilled the wish. */
  startKey: string | null
}

/**
 * Moves commands on. The first final state stands: a later step leaves it and only adds the charger's answer where that
 * came after the effect (a charger may act first and answer then). `rows` hold each command once.
 */
export async function settleCommands(tx: Tx, rows: readonly Settlement[]): Promise<void> {
  const text = (pick: (row: Settlement) => string | null) => textArray(rows.map(pick))
  await tx.query(
    'settle',
    `with input as (
       select * from unnest($1::int4[], $2::text[], $3::bool[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
                            $8::timestamptz[], $9::text[])
         i (id, status, is_final, reason, outcome, response, at, expires_at, start_key)
     ), before as (
       select c.id, c.is_final from commands c join input i on i.id = c.id for update of c
     ), moved as (
       update commands c
          set status = case when b.is_final then c.status else i.status end,
              reason = case when b.is_final then c.reason else i.reason end,
              outcome = case when b.is_final then c.outcome else i.outcome end,
              is_final = b.is_final or i.is_final,
              settled_at = case when b.is_final then c.settled_at when i.is_final then i.at end,
              expires_at = case when b.is_final or i.is_final then null else i.expires_at end,
              response = coalesce(i.response, c.response),
              answered_at = case when i.response is not null then i.at else c.answered_at end,
              session_id = coalesce(c.session_id, (select s.id from sessions s where s.start_key = i.start_key)),
              updated_at = i.at
         from input i join before b on b.id = i.id
        where c.id = i.id
       returning c.id, c.charger_id, c.session_id, c.action, c.status, c.is_final, c.reason, c.outcome, i.at, b.is_final was_final
     )
     insert into telemetry.events (at, kind, charger_id, site_id, session_id, body)
     select m.at, 'command.changed', m.charger_id, ch.site_id, m.session_id,
            jsonb_build_object('commandId', m.id, 'action', m.action, 'status', m.status, 'isFinal', m.is_final,
                               'reason', m.reason, 'outcome', m.outcome)
       from moved m join chargers ch on ch.id = m.charger_id where not m.was_final`,
    [
      int4Array(rows.map((row) => row.commandId)),
      text((row) => row.status),
      boolArray(rows.map((row) => row.isFinal)),
      text((row) => row.reason),
      text((row) => row.outcome),
      text((row) => row.response),
      timestampArray(rows.map((row) => row.at.getTime())),
      timestampArray(rows.map((row) => row.expiresAt?.getTime() ?? null)),
      text((row) => row.startKey),
    ],
  )
}
