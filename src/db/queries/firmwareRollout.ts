/** What the worker reads and writes to move firmware updates on. Every claim is a row lock, so any number may work. */
import { channels } from '../channels'
import { notify } from '../notify'
import type { Sql } from '../pool'
import type {
  Campaign,
  CampaignState,
  Evidence,
  Member,
  Standing,
  TargetReason,
  TargetState,
} from '../../domain/firmware'

export type JudgedTarget = {
  campaignId: number
  campaignState: CampaignState
  chargerId: number
  siteId: number
  firmwareId: number
  state: TargetState
  reason: TargetReason | null
  downloadPercent: number
  seenVersion: string | null
  previousVersion: string | null
  finishedAt: Date | null
  expectedVersion: string
  isSigned: boolean
  command: {
    action: string
    status: string
    isFinal: boolean
    reason: string | null
    sentAt: Date | null
    settledAt: Date | null
  } | null
}

/** A charger that comes back with the old version within a day after it was done has rolled back. */
const watchHours = 24

/**
 * `claimTargets`: what is under way, and what ended within a day and has something to say since; locked for this
 * transaction. Of several attempts of one charger only the last is watched. Indexes: firmware_targets_open,
 * firmware_targets_ended, events_files.
 */
export async function claimTargets(sql: Sql, now: Date, limit: number): Promise<JudgedTarget[]> {
  const { rows } = await sql.query<JudgedTarget>(
    `select t.campaign_id "campaignId", u.state "campaignState", t.charger_id "chargerId", ch.site_id "siteId", f.id "firmwareId", t.state,
            t.reason, t.download_percent "downloadPercent", t.seen_version "seenVersion",
            t.previous_version "previousVersion", t.finished_at "finishedAt", f.version "expectedVersion",
            f.signature is not null and f.signing_certificate is not null "isSigned",
            case when c.id is not null then jsonb_build_object('action', c.action, 'status', c.status,
              'isFinal', c.is_final, 'reason', c.reason, 'sentAt', c.sent_at, 'settledAt', c.settled_at) end command
       from telemetry.firmware_targets t
       join firmware_updates u on u.id = t.campaign_id
       join firmware f on f.id = u.firmware_id
       join chargers ch on ch.id = t.charger_id
       left join commands c on c.id = t.command_id
      where (t.finished_at is null and t.state <> 'waiting')
         or (t.finished_at > $1::timestamptz - make_interval(hours => $2) and t.state <> 'cancelled'
             and t.command_id is not null and t.reason is distinct from 'offline'
             and exists (select from telemetry.events e
                          where e.charger_id = t.charger_id and e.at > t.updated_at - interval '1 minute'
                            and e.kind in ('charger.firmware', 'charger.booted'))
             and not exists (select from telemetry.firmware_targets n
                              where n.charger_id = t.charger_id and n.started_at > t.started_at))
      order by t.campaign_id, t.charger_id limit $3 for update of t skip locked`,
    [now, watchHours, limit],
  )
  return rows.map((row) => ({
    ...row,
    command: row.command && {
      ...row.command,
      sentAt: dateOf(row.command.sentAt),
      settledAt: dateOf(row.command.settledAt),
    },
  }))
}

/** Instants inside a JSON value come as text. */
const dateOf = (value: Date | string | null) => (value === null ? null : new Date(value))

type EventRow = { chargerId: number; kind: string; at: Date; body: Record<string, unknown> }

/**
 * `readEvidence`: what these chargers said and did since then, by charger. Downloads count for the image they were of.
 * Index: events_files.
 */
export async function readEvidence(
  sql: Sql,
  targets: readonly { chargerId: number; firmwareId: number }[],
  since: Date,
): Promise<Map<number, Evidence[]>> {
  const { rows } = await sql.query<EventRow>(
    `select charger_id "chargerId", kind, at, body from telemetry.events
      where charger_id = any($1::int[]) and at >= $2
        and kind in ('charger.firmware', 'charger.booted', 'charger.download') order by id`,
    [targets.map((target) => target.chargerId), since],
  )
  const imageOf = new Map(targets.map((target) => [target.chargerId, target.firmwareId]))
  const found = new Map<number, Evidence[]>()
  for (const row of rows) {
    const evidence = evidenceOf(row, imageOf.get(row.chargerId))
    if (!evidence) continue
    const list = found.get(row.chargerId)
    if (list) list.push(evidence)
    else found.set(row.chargerId, [evidence])
  }
  return found
}

function evidenceOf({ kind, at, body }: EventRow, firmwareId: number | undefined): Evidence | null {
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  switch (kind) {
    case 'charger.firmware': {
      const requestId = typeof body['requestId'] === 'number' ? body['requestId'] : null
      return { kind: 'reported', at, status: text(body['status']) ?? '', requestId }
    }
    case 'charger.booted':
      return { kind: 'booted', at, version: text(body['firmwareVersion']) }
    default: {
      const phase = body['phase']
      const isKnown = phase === 'begun' || phase === 'progress' || phase === 'finished'
      if (!isKnown || body['firmwareId'] !== firmwareId) return null
      return { kind: 'download', at, phase, percent: Number(body['percent']) || 0 }
    }
  }
}

export type TargetChange = {
  campaignId: number
  chargerId: number
  standing: Standing
}

/** `saveStandings`: how the targets stand now, one event each; the link of one that is done holds no more. */
export async function saveStandings(
  sql: Sql,
  changes: readonly TargetChange[],
  now: Date,
): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map(({ campaignId, chargerId, standing }) => ({
    campaignId,
    chargerId,
    state: standing.state,
    reason: standing.reason,
    percent: standing.downloadPercent,
    seen: standing.seenVersion,
    finishedAt: standing.finishedAt,
    isUnsigned: standing.next === 'send-unsigned',
  }))
  await sql.query(
    `with told as (
       select * from jsonb_to_recordset($1::jsonb) x("campaignId" int, "chargerId" int, state text, reason text,
         percent int, seen text, "finishedAt" timestamptz, "isUnsigned" boolean)
     ), moved as (
       update telemetry.firmware_targets t
          set state = told.state, reason = told.reason, download_percent = told.percent, seen_version = told.seen,
              finished_at = told."finishedAt", updated_at = $2, is_unsigned = t.is_unsigned or told."isUnsigned",
              command_id = case when told."isUnsigned" then null else t.command_id end
         from told where t.campaign_id = told."campaignId" and t.charger_id = told."chargerId"
       returning t.campaign_id, t.charger_id, t.state, t.reason, t.download_percent, t.token_hash
     ), ended as (
       update telemetry.transfer_tokens k set expires_at = least(k.expires_at, $2)
         from moved where moved.state = 'installed' and k.token_hash = moved.token_hash
     )
     ${targetNews('moved', '$2')}`,
    [JSON.stringify(rows), now],
  )
  await notify(sql, channels.event, '')
}

/** One event per row of `from` (campaign_id, charger_id, state, reason, download_percent). */
export const targetNews = (from: string, at: string) =>
  `insert into telemetry.events (at, kind, charger_id, site_id, body)
   select ${at}, 'firmware.changed', n.charger_id, ch.site_id,
          jsonb_build_object('campaignId', n.campaign_id, 'state', n.state, 'reason', n.reason,
                             'percent', n.download_percent)
     from ${from} n join chargers ch on ch.id = n.charger_id`

export type OpenCampaign = Campaign & {
  id: number
  name: string
  firmware: {
    id: number
    version: string
    filename: string
    signature: string | null
    signingCertificate: string | null
  }
  isSignedOnly: boolean
}

/** Ids of campaigns that may have something to do. */
export async function openCampaignIds(sql: Sql): Promise<number[]> {
  const { rows } = await sql.query<{ id: number }>(
    `select id from firmware_updates where state in ('scheduled', 'running', 'halted') order by id`,
  )
  return rows.map((row) => row.id)
}

/** `claimCampaign`: locked for this transaction; null while another worker has it, or when it has ended. */
export async function claimCampaign(sql: Sql, id: number): Promise<OpenCampaign | null> {
  const { rows } = await sql.query<
    Omit<OpenCampaign, 'window'> & { windowFrom: string | null; windowUntil: string | null }
  >(
    `select u.id, u.name, u.state, u.start_at "startAt", u.created_at "createdAt", u.window_from "windowFrom",
            u.window_until "windowUntil", coalesce(u.halt_failure_percent, 100) "haltFailurePercent",
            u.resumed_at "resumedAt",
            jsonb_build_object('id', f.id, 'version', f.version, 'filename', coalesce(f.filename, 'firmware.bin'),
              'signature', f.signature, 'signingCertificate', f.signing_certificate) firmware,
            coalesce((select signed_firmware_only from settings limit 1), false) "isSignedOnly"
       from firmware_updates u join firmware f on f.id = u.firmware_id
      where u.id = $1 and u.state in ('scheduled', 'running', 'halted') for update of u skip locked`,
    [id],
  )
  const row = rows[0]
  if (!row) return null
  const { windowFrom, windowUntil, ...campaign } = row
  return {
    ...campaign,
    window: windowFrom && windowUntil ? { from: windowFrom, until: windowUntil } : null,
  }
}

export type CampaignMember = Member & { version: string | null; isUnsigned: boolean }

/** A command to a charger failed, or its queue was full: how long it is left alone. */
const restSeconds = 60

/** `readMembers`: every target of a campaign, with what decides whether it can be sent to. */
export async function readMembers(
  sql: Sql,
  campaignId: number,
  now: Date,
): Promise<CampaignMember[]> {
  const { rows } = await sql.query<CampaignMember>(
    `select t.charger_id "chargerId", t.wave, t.state, t.reason, t.finished_at "finishedAt",
            coalesce(st.connected, false) and st.registration_status = 'Accepted' "isConnected",
            coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'UTC') timezone,
            t.state = 'waiting' and (t.command_id is not null or t.reason = 'busy')
              and t.updated_at > $2::timestamptz - make_interval(secs => $3) "mustRest",
            st.firmware_version "version", t.is_unsigned "isUnsigned"
       from telemetry.firmware_targets t
       join chargers ch on ch.id = t.charger_id
       join sites si on si.id = ch.site_id
       left join charger_states st on st.id = ch.state_id
      where t.campaign_id = $1 order by t.wave, t.charger_id`,
    [campaignId, now, restSeconds],
  )
  return rows
}

/** `markSent`: the command is on its way. */
export async function markSent(
  sql: Sql,
  sent: {
    campaignId: number
    chargerId: number
    commandId: number
    previousVersion: string | null
    at: Date
  },
): Promise<void> {
  await sql.query(
    `with moved as (
       update telemetry.firmware_targets
          set state = 'sent', reason = null, command_id = $3, previous_version = $4, started_at = $5, updated_at = $5,
              finished_at = null, seen_version = null, download_percent = 0
        where campaign_id = $1 and charger_id = $2
       returning campaign_id, charger_id, state, reason, download_percent
     )
     ${targetNews('moved', '$5')}`,
    [sent.campaignId, sent.chargerId, sent.commandId, sent.previousVersion, sent.at],
  )
}

/** `markWaiting`: it could not be asked just now. */
export async function markWaiting(
  sql: Sql,
  target: { campaignId: number; chargerId: number; reason: TargetReason; at: Date },
): Promise<void> {
  await sql.query(
    `update telemetry.firmware_targets set reason = $3, updated_at = $4
      where campaign_id = $1 and charger_id = $2 and state = 'waiting'`,
    [target.campaignId, target.chargerId, target.reason, target.at],
  )
}

/** `giveUp`: chargers that were not connected in all that time. */
export async function giveUp(
  sql: Sql,
  campaignId: number,
  chargerIds: readonly number[],
  now: Date,
): Promise<void> {
  if (chargerIds.length === 0) return
  await sql.query(
    `with moved as (
       update telemetry.firmware_targets set state = 'failed', reason = 'offline', updated_at = $3, finished_at = $3
        where campaign_id = $1 and charger_id = any($2::int[]) and state = 'waiting'
       returning campaign_id, charger_id, state, reason, download_percent
     )
     ${targetNews('moved', '$3')}`,
    [campaignId, chargerIds, now],
  )
}

/** `setCampaignState`: one event for each site that is in it, so that everybody who may see it hears. */
export async function setCampaignState(
  sql: Sql,
  change: { id: number; state: string; haltReason: string | null; at: Date },
): Promise<void> {
  await sql.query(
    `with moved as (
       update firmware_updates
          set state = $2::text, halt_reason = case when $2::text in ('scheduled', 'running') then null else coalesce($3, halt_reason) end,
              finished_at = case when $2::text in ('done', 'cancelled') then $4::timestamptz end, updated_at = $4
        where id = $1 returning id, state
     )
     insert into telemetry.events (at, kind, site_id, body)
     select distinct $4::timestamptz, 'firmware.changed', ch.site_id,
            jsonb_build_object('campaignId', moved.id, 'campaignState', moved.state)
       from moved join telemetry.firmware_targets t on t.campaign_id = moved.id join chargers ch on ch.id = t.charger_id`,
    [change.id, change.state, change.haltReason, change.at],
  )
  await notify(sql, channels.event, '')
}
