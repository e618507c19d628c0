import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'
import { commandJson, type CommandBoard } from './chargerBoard'

export type CommandDetail = CommandBoard & {
  response: string | null
  chargerId: number
  chargerName: string
  timezone: string
  sessionId: number | null
  messageId: string | null
}

const detail = `${commandJson}::jsonb || jsonb_build_object('response', c.response, 'chargerId', ch.id,
  'chargerName', ch.name, 'sessionId', c.session_id, 'messageId', c.message_id,
  'timezone', coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London'))`

const from = `commands c join chargers ch on ch.id = c.charger_id join sites si on si.id = ch.site_id`

/** `readCommandDetail`: null outside the scope. */
export async function readCommandDetail(
  sql: Sql,
  commandId: number,
  scope: Scope,
): Promise<CommandDetail | null> {
  const values: unknown[] = [commandId]
  const inScope = scopeSql(scope, { charger: 'ch.id', site: 'ch.site_id' }, values)
  const { rows } = await sql.query<{ detail: CommandDetail }>(
    `select ${detail} as detail from ${from} where c.id = $1 and ${inScope}`,
    values,
  )
  return rows[0]?.detail ?? null
}

/** `readChargerCommands`: what was asked of a charger, the newest first. Index: commands (charger_id, created_at). */
export async function readChargerCommands(
  sql: Sql,
  chargerId: number,
  scope: Scope,
  limit: number,
): Promise<CommandDetail[]> {
  const values: unknown[] = [chargerId, limit]
  const inScope = scopeSql(scope, { charger: 'ch.id', site: 'ch.site_id' }, values)
  const { rows } = await sql.query<{ detail: CommandDetail }>(
    `select ${detail} as detail from ${from} where c.charger_id = $1 and ${inScope} order by c.id desc limit $2`,
    values,
  )
  return rows.map((row) => row.detail)
}
