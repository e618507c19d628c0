/**
 * Links for files of chargers. Only the SHA-256 of a link's token is kept; a link is bound to a kind, a charger and a
 * file, and to a time of at most a day.
 */
import { channels } from '../channels'
import { notify } from '../notify'
import type { Sql } from '../pool'
import type { FileKind } from '../../platform/fileStore'

export type Transfer = {
  kind: FileKind
  chargerId: number
  identity: string
  siteId: number
  fileId: number
  expiresAt: Date
  usedAt: Date | null
  /** Of a firmware image; null where the row is gone. */
  sha256: string | null
  sizeBytes: number | null
  filename: string | null
  /** Of a diagnostics file. */
  state: string | null
}

/**
 * `mintTransfer`: the link of this hash holds from now on, in place of earlier ones for the same file and charger.
 * False where there is no such file for this charger. The update that asked for it learns of its link.
 */
export async function mintTransfer(
  sql: Sql,
  link: {
    hash: Buffer
    kind: FileKind
    chargerId: number
    fileId: number
    commandId: number
    expiresAt: Date
  },
): Promise<boolean> {
  const { rows } = await sql.query<{ made: number }>(
    `with file as (
       select id from firmware where id = $4 and $2 = 'firmware'
       union all
       select id from diagnostics
        where id = $4 and $2 = 'diagnostics' and charger_id = $3 and state = 'requested'
     ), earlier as (
       delete from telemetry.transfer_tokens where kind = $2 and charger_id = $3 and file_id = $4
     ), made as (
       insert into telemetry.transfer_tokens (token_hash, kind, charger_id, file_id, expires_at)
       select $1, $2, $3, id, $6 from file returning 1
     ), target as (
       update telemetry.firmware_targets set token_hash = $1 where command_id = $5 and charger_id = $3
     )
     select count(*)::int made from made`,
    [link.hash, link.kind, link.chargerId, link.fileId, link.commandId, link.expiresAt],
  )
  return rows[0]?.made === 1
}

export async function findTransfer(sql: Sql, hash: Buffer): Promise<Transfer | null> {
  const { rows } = await sql.query<Transfer>(
    `select t.kind, t.charger_id "chargerId", ch.identity, ch.site_id "siteId", t.file_id "fileId",
            t.expires_at "expiresAt", t.used_at "usedAt", f.sha256, f.size_bytes "sizeBytes", f.filename, d.state
       from telemetry.transfer_tokens t
       join chargers ch on ch.id = t.charger_id
       left join firmware f on t.kind = 'firmware' and f.id = t.file_id
       left join diagnostics d on t.kind = 'diagnostics' and d.id = t.file_id
      where t.token_hash = $1`,
    [hash],
  )
  return rows[0] ?? null
}

/** The whole file is about to have left us. */
export async function markServed(sql: Sql, hash: Buffer, now: Date): Promise<void> {
  await sql.query(
    'update telemetry.transfer_tokens set used_at = coalesce(used_at, $2) where token_hash = $1',
    [hash, now],
  )
}

/** It has not: the line broke in the last piece. */
export async function markUnserved(sql: Sql, hash: Buffer): Promise<void> {
  await sql.query(
    'update telemetry.transfer_tokens set used_at = null where token_hash = $1 and expires_at > now()',
    [hash],
  )
}

/** The link holds no more. */
export async function endTransfer(sql: Sql, hash: Buffer, now: Date): Promise<void> {
  await sql.query(
    `update telemetry.transfer_tokens set used_at = coalesce(used_at, $2), expires_at = least(expires_at, $2)
      where token_hash = $1`,
    [hash, now],
  )
}

/** `pruneTransfers`: forgets links that ended before `before`. */
export async function pruneTransfers(sql: Sql, before: Date): Promise<void> {
  await sql.query('delete from telemetry.transfer_tokens where expires_at < $1', [before])
}

/** What our file server saw of a download: told to whoever looks, and evidence for the update it belongs to. */
export async function announceDownload(
  sql: Sql,
  seen: {
    chargerId: number
    siteId: number
    fileId: number
    phase: 'begun' | 'progress' | 'finished'
    percent: number
    at: Date
  },
): Promise<void> {
  await sql.query(
    `insert into telemetry.events (at, kind, charger_id, site_id, body)
     values ($1, 'charger.download', $2, $3, jsonb_build_object('firmwareId', $4::int, 'phase', $5::text, 'percent', $6::int))`,
    [seen.at, seen.chargerId, seen.siteId, seen.fileId, seen.phase, seen.percent],
  )
  await notify(sql, channels.event, '')
}

export type DiagnosticsLimits = { maxBytes: number; quotaBytes: number; keptBytes: number }

/** `diagnosticsLimits`: the settings, and what is kept of this charger already. */
export async function diagnosticsLimits(sql: Sql, chargerId: number): Promise<DiagnosticsLimits> {
  const { rows } = await sql.query<{ max: number; quota: number; kept: number }>(
    `select coalesce(max(diagnostics_max_megabytes), 100)::int max,
            coalesce(max(diagnostics_quota_megabytes), 1000)::int quota,
            (select coalesce(sum(size_bytes), 0) from diagnostics
              where charger_id = $1 and stored_as is not null)::float8 kept
       from settings`,
    [chargerId],
  )
  const { max, quota, kept } = rows[0] ?? { max: 100, quota: 1000, kept: 0 }
  return { maxBytes: max * 1_000_000, quotaBytes: quota * 1_000_000, keptBytes: kept }
}

/** `setUploading`: an upload began, or broke off (`requested`, with the reason). One that is complete stays so. */
export async function setUploading(
  sql: Sql,
  upload: { fileId: number; state: 'uploading' | 'requested'; reason: string | null; at: Date },
): Promise<void> {
  await sql.query(
    `with moved as (
       update diagnostics set state = $2, reason = $3, updated_at = $4
        where id = $1 and state in ('requested', 'uploading', 'failed')
       returning id, charger_id, state, reason
     )
     ${diagnosticsNews('moved', '$4')}`,
    [upload.fileId, upload.state, upload.reason, upload.at],
  )
  await notify(sql, channels.event, '')
}

/** `fileDiagnostics`: the file is there; its link is used up. False where another upload was first. */
export async function fileDiagnostics(
  sql: Sql,
  file: {
    hash: Buffer
    filename: string
    sizeBytes: number
    sha256: string
    storedAs: string
    at: Date
  },
): Promise<boolean> {
  const { rows } = await sql.query<{ id: number }>(
    `with used as (
       update telemetry.transfer_tokens set used_at = $6
        where token_hash = $1 and used_at is null and expires_at > $6 returning file_id
     ), filed as (
       update diagnostics d
          set state = 'uploaded', reason = null, filename = $2, size_bytes = $3, sha256 = $4, stored_as = $5,
              received_at = $6, updated_at = $6
         from used where d.id = used.file_id and d.stored_as is null
       returning d.id, d.charger_id, d.state, d.reason
     ), told as (${diagnosticsNews('filed', '$6')})
     select id from filed`,
    [file.hash, file.filename, file.sizeBytes, file.sha256, file.storedAs, file.at],
  )
  if (rows.length === 0) return false
  await notify(sql, channels.event, '')
  return true
}

/** One event per row of `from` (id, charger_id, state, reason). */
export const diagnosticsNews = (from: string, at: string) =>
  `insert into telemetry.events (at, kind, charger_id, site_id, body)
   select ${at}, 'diagnostics.changed', n.charger_id, ch.site_id,
          jsonb_build_object('diagnosticsId', n.id, 'state', n.state, 'reason', n.reason)
     from ${from} n join chargers ch on ch.id = n.charger_id`
