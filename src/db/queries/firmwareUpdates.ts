import { channels } from '../channels'
import { notify } from '../notify'
import type { Sql } from '../pool'
import { targetNews } from './firmwareRollout'

/** Starting and steering an update; what then happens by itself is in `firmwareRollout`. */

export type UpdateCandidate = {
  id: number
  name: string
  identity: string
  siteId: number
  regionId: number | null
  vendor: string | null
  model: string | null
  firmwareVersion: string | null
  isConnected: boolean
  /** The name of another update that is not through with it. */
  busyWith: string | null
}

export type ImageForUpdate = {
  id: number
  version: string
  vendor: string
  model: string | null
  isSigned: boolean
  isSignedOnly: boolean
}

/** `lockUpdates`: two people who start updates of the same chargers at once do so one after the other. */
export async function lockUpdates(sql: Sql): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtext('cpms firmware updates'))`)
}

export async function findImage(sql: Sql, id: number): Promise<ImageForUpdate | null> {
  const { rows } = await sql.query<ImageForUpdate>(
    `select id, version, vendor, nullif(trim(model), '') model,
            signature is not null and signing_certificate is not null "isSigned",
            coalesce((select signed_firmware_only from settings limit 1), false) "isSignedOnly"
       from firmware where id = $1`,
    [id],
  )
  return rows[0] ?? null
}

export const candidateSql = (condition: string) =>
  `select ch.id, ch.name, ch.identity, ch.site_id "siteId", si.region_id "regionId", st.vendor, st.model,
          st.firmware_version "firmwareVersion", coalesce(st.connected, false) "isConnected",
          (select u.name from telemetry.firmware_targets t join firmware_updates u on u.id = t.campaign_id
            where t.charger_id = ch.id and t.finished_at is null limit 1) "busyWith"
     from chargers ch join sites si on si.id = ch.site_id left join charger_states st on st.id = ch.state_id
    where ${condition}`

export async function findCandidates(
  sql: Sql,
  chargerIds: readonly number[],
): Promise<UpdateCandidate[]> {
  const { rows } = await sql.query<UpdateCandidate>(candidateSql('ch.id = any($1::int[])'), [
    chargerIds,
  ])
  return rows
}

export type NewUpdate = {
  name: string
  firmwareId: number
  startAt: Date | null
  windowFrom: string | null
  windowUntil: string | null
  waveSize: number
  haltFailurePercent: number
  createdBy: number | null
  at: Date
  targets: readonly {
    chargerId: number
    wave: number
    previousVersion: string | null
    isDone: boolean
  }[]
}

/** `insertUpdate`: the update and its chargers; the worker begins at its next turn. Who has the version already is done. */
export async function insertUpdate(sql: Sql, update: NewUpdate): Promise<number> {
  const { rows } = await sql.query<{ id: number }>(
    `with made as (
       insert into firmware_updates (name, firmware_id, state, start_at, window_from, window_until, wave_size,
                                     halt_failure_percent, created_by_id, updated_at, created_at)
       values ($1, $2, 'scheduled', $3, $4, $5, $6, $7, $8, $9, $9) returning id
     ), targets as (
       insert into telemetry.firmware_targets
         (campaign_id, charger_id, wave, state, reason, previous_version, seen_version, updated_at, finished_at)
       select made.id, t."chargerId", t.wave, case when t."isDone" then 'installed' else 'waiting' end,
              case when t."isDone" then 'already' end, t."previousVersion",
              case when t."isDone" then t."previousVersion" end, $9, case when t."isDone" then $9::timestamptz end
         from made, jsonb_to_recordset($10::jsonb)
              t("chargerId" int, wave int, "previousVersion" text, "isDone" boolean)
       returning campaign_id, charger_id, state, reason, download_percent
     ), told as (${targetNews('targets', '$9')})
     select id from made`,
    [
      update.name,
      update.firmwareId,
      update.startAt,
      update.windowFrom,
      update.windowUntil,
      update.waveSize,
      update.haltFailurePercent,
      update.createdBy,
      update.at,
      JSON.stringify(update.targets),
    ],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('the update was not written')
  await notify(sql, channels.event, '')
  return id
}

export type UpdatePlaces = {
  state: string
  name: string
  /** Where its chargers are. */
  places: { chargerId: number; siteId: number; regionId: number | null }[]
}

/** `lockUpdate`: the update for steering, and whom it touches. */
export async function lockUpdate(sql: Sql, id: number): Promise<UpdatePlaces | null> {
  const { rows } = await sql.query<{ state: string; name: string }>(
    'select state, name from firmware_updates where id = $1 for update',
    [id],
  )
  const row = rows[0]
  if (!row) return null
  const places = await sql.query<UpdatePlaces['places'][number]>(
    `select ch.id "chargerId", ch.site_id "siteId", si.region_id "regionId"
       from telemetry.firmware_targets t join chargers ch on ch.id = t.charger_id join sites si on si.id = ch.site_id
      where t.campaign_id = $1`,
    [id],
  )
  return { ...row, places: places.rows }
}

/** What was not begun is cancelled, and the links of those who were asked and have not come yet hold no more. */
export async function cancelTargets(sql: Sql, campaignId: number, now: Date): Promise<void> {
  await sql.query(
    `with moved as (
       update telemetry.firmware_targets set state = 'cancelled', reason = null, updated_at = $2, finished_at = $2
        where campaign_id = $1 and state in ('waiting', 'sent')
       returning campaign_id, charger_id, state, reason, download_percent, token_hash
     ), unlinked as (
       delete from telemetry.transfer_tokens k using moved where k.token_hash = moved.token_hash
     )
     ${targetNews('moved', '$2')}`,
    [campaignId, now],
  )
}

/** Those that failed wait again, in their wave. How many they are. */
export async function retryTargets(sql: Sql, campaignId: number, now: Date): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `with moved as (
       update telemetry.firmware_targets
          set state = 'waiting', reason = null, updated_at = $2, finished_at = null, started_at = null,
              command_id = null, download_percent = 0, is_unsigned = false
        where campaign_id = $1 and state = 'failed'
          and not exists (select from telemetry.firmware_targets o
                           where o.charger_id = firmware_targets.charger_id and o.campaign_id <> $1
                             and o.finished_at is null)
       returning campaign_id, charger_id, state, reason, download_percent, token_hash
     ), unlinked as (
       delete from telemetry.transfer_tokens k using moved where k.token_hash = moved.token_hash
     ), told as (${targetNews('moved', '$2')})
     select count(*)::int count from moved`,
    [campaignId, now],
  )
  return rows[0]?.count ?? 0
}

/** Failures until now were seen. */
export async function noteResumed(sql: Sql, campaignId: number, now: Date): Promise<void> {
  await sql.query('update firmware_updates set resumed_at = $2, updated_at = $2 where id = $1', [
    campaignId,
    now,
  ])
}
