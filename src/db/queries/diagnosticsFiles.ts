import { channels } from '../channels'
import { notify } from '../notify'
import type { Sql } from '../pool'
import { diagnosticsNews } from './transfers'

export type LogKind = 'diagnostics' | 'security'

/** `insertDiagnostics`: a file that a charger is about to be asked for. */
export async function insertDiagnostics(
  sql: Sql,
  file: { chargerId: number; log: LogKind; requestedBy: number | null; at: Date },
): Promise<number> {
  const { rows } = await sql.query<{ id: number }>(
    `insert into diagnostics (charger_id, state, log, requested_by_id, updated_at, created_at)
     values ($1, 'requested', $2, $3, $4, $4) returning id`,
    [file.chargerId, file.log, file.requestedBy, file.at],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('the request for diagnostics was not written')
  return id
}

/** `forgetDiagnostics`: it was not asked after all. */
export async function forgetDiagnostics(sql: Sql, fileId: number): Promise<void> {
  await sql.query('delete from diagnostics where id = $1 and command_id is null', [fileId])
}

/** `countAwaited`: files of this charger that have not come yet. */
export async function countAwaited(sql: Sql, chargerId: number): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int count from diagnostics where charger_id = $1 and state in ('requested', 'uploading')`,
    [chargerId],
  )
  return rows[0]?.count ?? 0
}

/** `setDiagnosticsCommand`: the command that asks for it. */
export async function setDiagnosticsCommand(
  sql: Sql,
  fileId: number,
  commandId: number,
  at: Date,
): Promise<void> {
  await sql.query(
    `with moved as (
       update diagnostics set command_id = $2, updated_at = $3 where id = $1 returning id, charger_id, state, reason
     ) ${diagnosticsNews('moved', '$3')}`,
    [fileId, commandId, at],
  )
  await notify(sql, channels.event, '')
}

/** `lacksGetDiagnostics`: whether this charger once said that it does not know GetDiagnostics. */
export async function lacksGetDiagnostics(sql: Sql, chargerId: number): Promise<boolean> {
  const { rows } = await sql.query<{ reason: string | null }>(
    `select reason from commands where charger_id = $1 and action = 'GetDiagnostics' and is_final
      order by id desc limit 1`,
    [chargerId],
  )
  return rows[0]?.reason === 'not-supported'
}

export type OpenDiagnostics = {
  id: number
  chargerId: number
  log: LogKind
  state: 'requested' | 'uploading'
  createdAt: Date
  updatedAt: Date
  action: string | null
  status: string | null
  isFinal: boolean
  reason: string | null
  sentAt: Date | null
  /** The last thing the charger said of an upload since it was asked. */
  said: string | null
  saidAt: Date | null
}

/** `claimDiagnostics`: files that are still waited for, locked for this transaction. Index: events_files. */
export async function claimDiagnostics(sql: Sql, limit: number): Promise<OpenDiagnostics[]> {
  const { rows } = await sql.query<OpenDiagnostics>(
    `select d.id, d.charger_id "chargerId", coalesce(d.log, 'diagnostics') log, d.state, d.created_at "createdAt",
            d.updated_at "updatedAt", c.action, c.status, coalesce(c.is_final, false) "isFinal", c.reason,
            c.sent_at "sentAt", said.status said, said.at "saidAt"
       from diagnostics d
       left join commands c on c.id = d.command_id
       left join lateral (
         select e.body->>'status' status, e.at from telemetry.events e
          where e.charger_id = d.charger_id and e.kind = 'charger.diagnostics' and e.at >= c.sent_at
            and e.body->>'status' <> 'Idle'
            and (e.body->>'requestId' is null or e.body->>'requestId' = d.id::text)
          order by e.id desc limit 1) said on true
      where d.state in ('requested', 'uploading') order by d.id limit $1 for update of d skip locked`,
    [limit],
  )
  return rows
}

/** `failDiagnostics`: nothing will come; the link holds no more. */
export async function failDiagnostics(
  sql: Sql,
  fileId: number,
  reason: string,
  at: Date,
): Promise<void> {
  await sql.query(
    `with moved as (
       update diagnostics set state = 'failed', reason = $2, updated_at = $3
        where id = $1 and state in ('requested', 'uploading') returning id, charger_id, state, reason
     ), unlinked as (
       delete from telemetry.transfer_tokens k using moved where k.kind = 'diagnostics' and k.file_id = moved.id
     ) ${diagnosticsNews('moved', '$3')}`,
    [fileId, reason, at],
  )
  await notify(sql, channels.event, '')
}

/** `noteUploading`: the charger says that it uploads, and nothing has reached us yet. */
export async function noteUploading(sql: Sql, fileId: number, at: Date): Promise<void> {
  await sql.query(
    `with moved as (
       update diagnostics set state = 'uploading', updated_at = $2 where id = $1 and state = 'requested'
       returning id, charger_id, state, reason
     ) ${diagnosticsNews('moved', '$2')}`,
    [fileId, at],
  )
  await notify(sql, channels.event, '')
}

/** `dropOldDiagnostics`: rows older than that; their bytes follow at the next look at the disk. */
export async function dropOldDiagnostics(sql: Sql, before: Date): Promise<void> {
  await sql.query('delete from diagnostics where created_at < $1', [before])
}

/** Names that files on the disk may have: what is not in the list is nobody's. */
export async function knownFiles(
  sql: Sql,
): Promise<Record<'firmware' | 'diagnostics', Set<string>>> {
  const { rows } = await sql.query<{ kind: 'firmware' | 'diagnostics'; name: string }>(
    `select 'firmware' kind, sha256 as name from firmware where sha256 is not null
     union all select 'diagnostics', stored_as from diagnostics where stored_as is not null`,
  )
  const known = { firmware: new Set<string>(), diagnostics: new Set<string>() }
  for (const { kind, name } of rows) known[kind].add(name)
  return known
}
