import type { OpenProfile, ProfileForm, ProfilePeriod } from '../../domain/chargingProfile'
import { channels } from '../channels'
import { notify } from '../notify'
import type { Sql } from '../pool'

export async function insertProfile(
  sql: Sql,
  row: ProfileForm & { chargerId: number; requestedBy: number | null; at: Date },
): Promise<number> {
  const { rows } = await sql.query<{ id: number }>(
    `insert into charging_profiles
       (charger_id, connector_number, purpose, state, unit, recurrence, periods, stack_level, valid_from, valid_to,
        requested_by_id, updated_at, created_at)
     values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10, $11, $11) returning id`,
    [
      row.chargerId,
      row.connectorNumber,
      row.purpose,
      row.unit,
      row.recurrence,
      JSON.stringify(row.periods),
      row.stackLevel,
      row.validFrom,
      row.validTo,
      row.requestedBy,
      row.at,
    ],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('the charging profile was not written')
  return id
}

/** `forgetDraft`: it could not be sent after all. */
export async function forgetDraft(sql: Sql, id: number): Promise<void> {
  await sql.query(`delete from charging_profiles where id = $1 and state = 'draft'`, [id])
}

export type StoredProfile = ProfileForm & {
  id: number
  chargerId: number
  state: string
  transactionId: number | null
}

const columns = `p.id, p.charger_id "chargerId", p.connector_number::int "connectorNumber", p.purpose, p.state, p.unit,
  p.recurrence, p.periods, p.stack_level::int "stackLevel", p.valid_from "validFrom", p.valid_to "validTo",
  p.transaction_id::int "transactionId"`

type Row = Omit<StoredProfile, 'periods'> & { periods: string }
const read = <R extends Row>(row: R) => ({
  ...row,
  periods: JSON.parse(row.periods) as ProfilePeriod[],
})

/** `lockProfile`: to send or clear it; null for one that is not there. */
export async function lockProfile(sql: Sql, id: number): Promise<StoredProfile | null> {
  const { rows } = await sql.query<Row>(
    `select ${columns} from charging_profiles p where p.id = $1 for update`,
    [id],
  )
  return rows[0] ? read(rows[0]) : null
}

/** `runningTransaction`: of the charge at this connector now. */
export async function runningTransaction(
  sql: Sql,
  chargerId: number,
  connectorNumber: number,
): Promise<number | null> {
  const { rows } = await sql.query<{ id: number }>(
    `select transaction_id::int id from sessions
      where charger_id = $1 and connector_number = $2 and stopped_at is null order by id desc limit 1`,
    [chargerId, connectorNumber],
  )
  return rows[0]?.id ?? null
}

/** `zoneOfCharger`: the time zone of its site. */
export async function zoneOfCharger(sql: Sql, chargerId: number): Promise<string> {
  const { rows } = await sql.query<{ timezone: string }>(
    `select coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London') timezone
       from chargers ch join sites si on si.id = ch.site_id where ch.id = $1`,
    [chargerId],
  )
  return rows[0]?.timezone ?? 'Europe/London'
}

/** `setProfileSent`: on its way to the charger; `transactionId` of the charge it is for. */
export async function setProfileSent(
  sql: Sql,
  id: number,
  sent: { commandId: number; transactionId: number | null; at: Date },
): Promise<void> {
  await sql.query(
    `update charging_profiles set state = 'sent', command_id = $2, transaction_id = $3, updated_at = $4 where id = $1`,
    [id, sent.commandId, sent.transactionId, sent.at],
  )
}

export async function setProfileClearing(
  sql: Sql,
  id: number,
  commandId: number,
  at: Date,
): Promise<void> {
  await sql.query(
    'update charging_profiles set clear_command_id = $2, updated_at = $3 where id = $1',
    [id, commandId, at],
  )
}

export type ClaimedProfile = StoredProfile &
  OpenProfile & { timezone: string; sentAt: Date | null; isOnline: boolean }

const endOf = (command: string) => `case when ${command}.is_final then
  json_build_object('status', ${command}.status, 'reason', ${command}.reason, 'outcome', ${command}.outcome) end`

/** `claimProfiles`: those at chargers or on their way, locked for this transaction. Index: charging_profiles_open. */
export async function claimProfiles(sql: Sql, limit: number): Promise<ClaimedProfile[]> {
  const { rows } = await sql.query<ClaimedProfile & { periods: string }>(
    `select ${columns}, ${endOf('c')} "set", ${endOf('cc')} clear, c.created_at "sentAt",
            exists (select from charging_profiles q
                     where q.charger_id = p.charger_id and q.connector_number = p.connector_number
                       and q.purpose = p.purpose and q.stack_level = p.stack_level
                       and q.state = 'accepted' and q.id <> p.id and q.command_id > p.command_id) "isReplaced",
            p.transaction_id is not null and not exists (
              select from sessions s where s.transaction_id = p.transaction_id and s.stopped_at is null) "isChargeOver",
            coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London') timezone,
            coalesce(st.connected, false) "isOnline"
       from charging_profiles p
       join chargers ch on ch.id = p.charger_id
       join sites si on si.id = ch.site_id
       left join charger_states st on st.id = ch.state_id
       left join commands c on c.id = p.command_id
       left join commands cc on cc.id = p.clear_command_id
      where p.state in ('sent', 'accepted') order by p.id limit $1 for update of p skip locked`,
    [limit],
  )
  return rows.map(read)
}

export async function moveProfile(
  sql: Sql,
  move: { id: number; state: string; reason: string | null; at: Date },
): Promise<void> {
  await sql.query(
    `with moved as (
       update charging_profiles set state = $2::varchar, reason = $3, updated_at = $4,
              accepted_at = case when $2::varchar = 'accepted' then $4 else accepted_at end,
              ended_at = case when $2::varchar in ('accepted', 'sent') then null else $4 end
        where id = $1 returning *
     )
     insert into telemetry.events (at, kind, charger_id, site_id, body)
     select $4, 'charging-profile.changed', m.charger_id, ch.site_id,
            jsonb_build_object('profileId', m.id, 'connectorId', m.connector_number, 'state', m.state)
       from moved m join chargers ch on ch.id = m.charger_id`,
    [move.id, move.state, move.reason, move.at],
  )
  await notify(sql, channels.event, '')
}

export type ProfileRow = {
  id: number
  connectorNumber: number
  purpose: string
  state: string
  unit: ProfileForm['unit']
  recurrence: ProfileForm['recurrence']
  periods: ProfilePeriod[]
  stackLevel: number
  validFrom: string | null
  validTo: string | null
  reason: string | null
  commandId: number | null
  isClearing: boolean
  requestedBy: string | null
  createdAt: string
}

/** What a charger answered last to GetCompositeSchedule, as it came. */
export type ReadSchedule = { payload: string; response: string; answeredAt: string }

/** `readProfiles`: the profiles of a charger, those that hold first, and its last schedule. The caller has checked the scope. */
export async function readProfiles(
  sql: Sql,
  chargerId: number,
  limit: number,
): Promise<{ profiles: ProfileRow[]; schedule: ReadSchedule | null }> {
  const { rows } = await sql.query<
    Omit<ProfileRow, 'periods' | 'validFrom' | 'validTo' | 'createdAt'> & {
      periods: string
      validFrom: Date | null
      validTo: Date | null
      createdAt: Date
    }
  >(
    `select p.id, p.connector_number::int "connectorNumber", p.purpose, p.state, p.unit, p.recurrence, p.periods,
            p.stack_level::int "stackLevel", p.valid_from "validFrom", p.valid_to "validTo", p.reason,
            p.command_id "commandId", coalesce(not cc.is_final, false) "isClearing",
            (select coalesce(nullif(u.name, ''), u.email) from users u where u.id = p.requested_by_id) "requestedBy",
            p.created_at "createdAt"
       from charging_profiles p left join commands cc on cc.id = p.clear_command_id
      where p.charger_id = $1
      order by (p.state in ('draft', 'sent', 'accepted')) desc, p.id desc limit $2`,
    [chargerId, limit],
  )
  const asked = await sql.query<{ payload: string; response: string; answeredAt: Date }>(
    `select payload, response, answered_at "answeredAt" from commands
      where charger_id = $1 and action = 'GetCompositeSchedule' and status = 'accepted' and response is not null
      order by id desc limit 1`,
    [chargerId],
  )
  const last = asked.rows[0]
  return {
    profiles: rows.map((row) => ({
      ...row,
      periods: JSON.parse(row.periods) as ProfilePeriod[],
      validFrom: row.validFrom?.toISOString() ?? null,
      validTo: row.validTo?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
    })),
    schedule: last ? { ...last, answeredAt: last.answeredAt.toISOString() } : null,
  }
}
