import type { Scope } from '../../domain/scope'
import type { CampaignState, TargetState } from '../../domain/firmware'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

/** What the panel shows of firmware: images, updates, and how far each charger is. Instants travel as ISO text. */

export type ImageRow = {
  id: number
  version: string
  vendor: string
  model: string | null
  filename: string | null
  sizeBytes: number | null
  sha256: string | null
  isSigned: boolean
  note: string | null
  createdAt: string
}

export async function readImages(sql: Sql): Promise<ImageRow[]> {
  const { rows } = await sql.query<{ row: ImageRow }>(
    `select jsonb_build_object('id', id, 'version', version, 'vendor', vendor, 'model', nullif(trim(model), ''),
              'filename', filename, 'sizeBytes', size_bytes, 'sha256', sha256, 'note', note, 'createdAt', created_at,
              'isSigned', signature is not null and signing_certificate is not null) as row
       from firmware order by created_at desc, id desc limit 500`,
  )
  return rows.map(({ row }) => row)
}

export type TargetRow = {
  campaignId: number
  chargerId: number
  name: string
  siteName: string
  timezone: string
  wave: number
  state: TargetState
  reason: string | null
  percent: number
  previousVersion: string | null
  seenVersion: string | null
  currentVersion: string | null
  isConnected: boolean
  startedAt: string | null
  updatedAt: string
  finishedAt: string | null
  /** What the charger answered to the command, in words. */
  outcome: string | null
}

const targetJson = `jsonb_build_object('campaignId', t.campaign_id, 'chargerId', t.charger_id, 'name', ch.name,
  'siteName', si.name, 'timezone', coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London'),
  'wave', t.wave, 'state', t.state, 'reason', t.reason, 'percent', t.download_percent, 'previousVersion', t.previous_version,
  'seenVersion', t.seen_version, 'currentVersion', st.firmware_version, 'isConnected', coalesce(st.connected, false),
  'startedAt', t.started_at, 'updatedAt', t.updated_at, 'finishedAt', t.finished_at,
  'outcome', (select c.outcome from commands c where c.id = t.command_id))`

const targetFrom = `telemetry.firmware_targets t
  join chargers ch on ch.id = t.charger_id
  join sites si on si.id = ch.site_id
  left join charger_states st on st.id = ch.state_id`

const place = { charger: 'ch.id', site: 'ch.site_id' }

/** `readTargets`: the chargers of an update inside the scope, those that need a look first. */
export async function readTargets(
  sql: Sql,
  campaignId: number,
  scope: Scope,
  limit = 10_000,
): Promise<TargetRow[]> {
  const values: unknown[] = [campaignId, limit]
  const inScope = scopeSql(scope, place, values)
  const { rows } = await sql.query<{ row: TargetRow }>(
    `select ${targetJson} as row from ${targetFrom}
      where t.campaign_id = $1 and ${inScope}
      order by (t.state = 'failed') desc, (t.finished_at is null and t.state <> 'waiting') desc, t.wave, ch.name
      limit $2`,
    values,
  )
  return rows.map(({ row }) => row)
}

export type CampaignRow = {
  id: number
  name: string
  state: CampaignState
  firmwareId: number
  version: string
  vendor: string
  model: string | null
  startAt: string | null
  windowFrom: string | null
  windowUntil: string | null
  waveSize: number | null
  waves: number
  haltFailurePercent: number
  haltReason: string | null
  createdBy: string | null
  createdAt: string
  finishedAt: string | null
  /** Inside the scope. */
  counts: Record<'waiting' | 'underWay' | 'installed' | 'failed' | 'cancelled', number>
  /** Whether there are chargers in it that the scope does not show. */
  hasMore: boolean
}

const campaignSql = (condition: string, inScope: string) =>
  `select jsonb_build_object('id', u.id, 'name', u.name, 'state', u.state, 'firmwareId', f.id, 'version', f.version,
      'vendor', f.vendor, 'model', nullif(trim(f.model), ''), 'startAt', u.start_at, 'windowFrom', u.window_from,
      'windowUntil', u.window_until, 'waveSize', u.wave_size, 'waves', c.waves,
      'haltFailurePercent', coalesce(u.halt_failure_percent, 100), 'haltReason', u.halt_reason,
      'createdBy', us.name, 'createdAt', u.created_at, 'finishedAt', u.finished_at,
      'hasMore', c.seen < c.total,
      'counts', jsonb_build_object('waiting', c.waiting, 'underWay', c.under_way, 'installed', c.installed,
                                   'failed', c.failed, 'cancelled', c.cancelled)) as row
     from firmware_updates u
     join firmware f on f.id = u.firmware_id
     left join users us on us.id = u.created_by_id
     join lateral (
       select count(*)::int total, max(t.wave) waves, count(*) filter (where ${inScope})::int seen,
              count(*) filter (where ${inScope} and t.state = 'waiting')::int waiting,
              count(*) filter (where ${inScope} and t.finished_at is null and t.state <> 'waiting')::int under_way,
              count(*) filter (where ${inScope} and t.state = 'installed')::int installed,
              count(*) filter (where ${inScope} and t.state = 'failed')::int failed,
              count(*) filter (where ${inScope} and t.state = 'cancelled')::int cancelled
         from telemetry.firmware_targets t join chargers ch on ch.id = t.charger_id where t.campaign_id = u.id
     ) c on c.seen > 0
    where ${condition}`

/** `readCampaigns`: updates that touch the scope, what runs or is halted first, then the newest. */
export async function readCampaigns(sql: Sql, scope: Scope, limit = 50): Promise<CampaignRow[]> {
  const values: unknown[] = [limit]
  const inScope = scopeSql(scope, place, values)
  const { rows } = await sql.query<{ row: CampaignRow }>(
    `${campaignSql('true', inScope)}
      order by case u.state when 'halted' then 0 when 'running' then 1 when 'scheduled' then 2 else 3 end, u.id desc
      limit $1`,
    values,
  )
  return rows.map(({ row }) => row)
}

export async function readCampaign(
  sql: Sql,
  id: number,
  scope: Scope,
): Promise<CampaignRow | null> {
  const values: unknown[] = [id]
  const inScope = scopeSql(scope, place, values)
  const { rows } = await sql.query<{ row: CampaignRow }>(campaignSql('u.id = $1', inScope), values)
  return rows[0]?.row ?? null
}

export type ChargerUpdateRow = TargetRow & {
  campaignName: string
  campaignState: CampaignState
  version: string
}

/** `readChargerUpdates`: the updates of one charger, the newest first. Index: firmware_targets_charger. */
export async function readChargerUpdates(
  sql: Sql,
  chargerId: number,
  scope: Scope,
  limit = 20,
): Promise<ChargerUpdateRow[]> {
  const values: unknown[] = [chargerId, limit]
  const inScope = scopeSql(scope, place, values)
  const { rows } = await sql.query<{ row: ChargerUpdateRow }>(
    `select ${targetJson} || jsonb_build_object('campaignName', u.name, 'campaignState', u.state, 'version', f.version) as row
       from ${targetFrom} join firmware_updates u on u.id = t.campaign_id join firmware f on f.id = u.firmware_id
      where t.charger_id = $1 and ${inScope} order by t.campaign_id desc limit $2`,
    values,
  )
  return rows.map(({ row }) => row)
}

export type CandidateRow = {
  id: number
  name: string
  identity: string
  siteName: string
  vendor: string | null
  model: string | null
  firmwareVersion: string | null
  isConnected: boolean
  busyWith: string | null
}

export type CandidateFilter = {
  scope: Scope
  /** Part of a name, an identity, a site, a make or a version. */
  search: string | null
  vendor: string | null
  model: string | null
  ids: readonly number[] | null
  limit: number
}

/** `readCandidates`: chargers that may be updated, by name, and how many there are in all. */
export async function readCandidates(
  sql: Sql,
  filter: CandidateFilter,
): Promise<{ rows: CandidateRow[]; total: number; ids: number[] }> {
  const values: unknown[] = [
    filter.search && `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`,
    filter.vendor,
    filter.model,
    filter.ids,
    filter.limit,
  ]
  const inScope = scopeSql(filter.scope, place, values)
  const { rows } = await sql.query<{
    rows: CandidateRow[] | null
    total: number
    ids: number[] | null
  }>(
    `with found as (
       select ch.id, ch.name, ch.identity, si.name site_name, st.vendor, st.model, st.firmware_version,
              coalesce(st.connected, false) connected, row_number() over (order by ch.name, ch.id) n
         from chargers ch join sites si on si.id = ch.site_id left join charger_states st on st.id = ch.state_id
        where ${inScope}
          and ($4::int[] is null or ch.id = any($4::int[]))
          and ($2::text is null or lower(trim(st.vendor)) = lower(trim($2)))
          and ($3::text is null or lower(trim(st.model)) = lower(trim($3)))
          and ($1::text is null or ch.name ilike $1 or ch.identity ilike $1 or si.name ilike $1
               or st.vendor ilike $1 or st.model ilike $1 or st.firmware_version ilike $1)
     )
     select (select count(*)::int from found) total,
            (select array_agg(id order by n) from (select id, n from found order by n limit 10000) f) ids,
            (select json_agg(json_build_object('id', id, 'name', name, 'identity', identity, 'siteName', site_name,
                     'vendor', vendor, 'model', model, 'firmwareVersion', firmware_version, 'isConnected', connected,
                     'busyWith', (select u.name from telemetry.firmware_targets t
                                    join firmware_updates u on u.id = t.campaign_id
                                   where t.charger_id = found.id and t.finished_at is null limit 1)) order by n)
               from found where n <= $5) as rows`,
    values,
  )
  const row = rows[0]
  return { rows: row?.rows ?? [], total: row?.total ?? 0, ids: row?.ids ?? [] }
}

/** The makes there are in the scope, for whoever types one. */
export async function readMakes(
  sql: Sql,
  scope: Scope,
): Promise<{ vendor: string; model: string | null; chargers: number }[]> {
  const values: unknown[] = []
  const inScope = scopeSql(scope, place, values)
  const { rows } = await sql.query<{ vendor: string; model: string | null; chargers: number }>(
    `select st.vendor, st.model, count(*)::int chargers
       from chargers ch join charger_states st on st.id = ch.state_id
      where st.vendor is not null and ${inScope} group by 1, 2 order by 3 desc, 1, 2 limit 200`,
    values,
  )
  return rows
}

export type DiagnosticsRow = {
  id: number
  log: string
  state: string
  reason: string | null
  filename: string | null
  sizeBytes: number | null
  sha256: string | null
  requestedBy: string | null
  createdAt: string
  receivedAt: string | null
  outcome: string | null
}

/** `readChargerDiagnostics`: the diagnostics files of a charger, the newest first. */
export async function readChargerDiagnostics(
  sql: Sql,
  chargerId: number,
  scope: Scope,
  limit = 10,
): Promise<DiagnosticsRow[]> {
  const values: unknown[] = [chargerId, limit]
  const inScope = scopeSql(scope, place, values)
  const { rows } = await sql.query<{ row: DiagnosticsRow }>(
    `select jsonb_build_object('id', d.id, 'log', coalesce(d.log, 'diagnostics'), 'state', d.state, 'reason', d.reason,
              'filename', d.filename, 'sizeBytes', d.size_bytes, 'sha256', d.sha256, 'requestedBy', us.name,
              'createdAt', d.created_at, 'receivedAt', d.received_at, 'outcome', c.outcome) as row
       from diagnostics d join chargers ch on ch.id = d.charger_id left join users us on us.id = d.requested_by_id
       left join commands c on c.id = d.command_id
      where d.charger_id = $1 and ${inScope} order by d.id desc limit $2`,
    values,
  )
  return rows.map(({ row }) => row)
}

export type StoredFile = {
  /** Its name on the disk. */
  storedAs: string
  filename: string
  sizeBytes: number
  siteId: number | null
}

/** `findDiagnosticsFile`: null outside the scope, and before it has come. */
export async function findDiagnosticsFile(
  sql: Sql,
  id: number,
  scope: Scope,
): Promise<StoredFile | null> {
  const values: unknown[] = [id]
  const inScope = scopeSql(scope, place, values)
  const { rows } = await sql.query<StoredFile>(
    `select d.stored_as "storedAs", coalesce(d.filename, 'diagnostics') filename, d.size_bytes "sizeBytes",
            ch.site_id "siteId"
       from diagnostics d join chargers ch on ch.id = d.charger_id
      where d.id = $1 and d.stored_as is not null and ${inScope}`,
    values,
  )
  return rows[0] ?? null
}

export async function findImageFile(sql: Sql, id: number): Promise<StoredFile | null> {
  const { rows } = await sql.query<StoredFile>(
    `select sha256 "storedAs", coalesce(filename, 'firmware.bin') filename, size_bytes "sizeBytes", null "siteId"
       from firmware where id = $1 and sha256 is not null`,
    [id],
  )
  return rows[0] ?? null
}

export type UploadLimits = { maxBytes: number; isSignedOnly: boolean }

export async function readUploadLimits(sql: Sql): Promise<UploadLimits> {
  const { rows } = await sql.query<{ max: number; only: boolean }>(
    `select coalesce(max(firmware_max_megabytes), 500)::int max, coalesce(bool_or(signed_firmware_only), false) only
       from settings`,
  )
  const { max, only } = rows[0] ?? { max: 500, only: false }
  return { maxBytes: max * 1_000_000, isSignedOnly: only }
}
