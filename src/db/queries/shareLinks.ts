import type { Sql } from '../pool'

export type NewLink = {
  statementId: number
  title: string
  sharedWith: string | null
  sharedBy: number
  expiresAt: Date
  /** Null where the worker makes the key, to mail it. */
  keyHash: string | null
  mailTo: string | null
  now: Date
}

export async function insertShareLink(sql: Sql, link: NewLink): Promise<number> {
  const { rows } = await sql.query<{ id: number }>(
    `with made as (
       insert into share_links (title, statement_id, shared_with, shared_by_id, expires_at, opened_count, created_at, updated_at)
       values ($1, $2, $3, $4, $5, 0, $8, $8) returning id)
     insert into telemetry.share_keys (share_link_id, key_hash, mail_to) select id, $6, $7 from made
     returning share_link_id as id`,
    [
      link.title,
      link.statementId,
      link.sharedWith,
      link.sharedBy,
      link.expiresAt,
      link.keyHash,
      link.mailTo,
      link.now,
    ],
  )
  return rows[0]!.id
}

/** `revokeShareLink`: for good; the statement it leads to, null where it was revoked before. */
export async function revokeShareLink(sql: Sql, id: number, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    'update share_links set revoked_at = $2, updated_at = $2 where id = $1 and revoked_at is null',
    [id, now],
  )
  return rowCount === 1
}

export async function findShareLink(
  sql: Sql,
  id: number,
): Promise<{ statementId: number | null } | null> {
  const { rows } = await sql.query<{ statementId: number | null }>(
    'select statement_id as "statementId" from share_links where id = $1',
    [id],
  )
  return rows[0] ?? null
}

export type ToShare = {
  linkId: number
  mailTo: string
  title: string
  sharedBy: string
  expiresAt: Date
}

/** `claimShare`: a link that is to be mailed and has no key yet, locked for this transaction. Index: share_keys_unsent. */
export async function claimShare(sql: Sql): Promise<ToShare | null> {
  const { rows } = await sql.query<ToShare>(
    `select k.share_link_id as "linkId", k.mail_to as "mailTo", l.title, coalesce(nullif(u.name, ''), u.email, '') as "sharedBy",
            l.expires_at as "expiresAt"
       from telemetry.share_keys k join share_links l on l.id = k.share_link_id left join users u on u.id = l.shared_by_id
      where k.key_hash is null and l.revoked_at is null and k.mail_to is not null
      order by k.share_link_id limit 1 for update of k skip locked`,
  )
  return rows[0] ?? null
}

export async function giveShareKey(sql: Sql, linkId: number, keyHash: string): Promise<void> {
  await sql.query('update telemetry.share_keys set key_hash = $2 where share_link_id = $1', [
    linkId,
    keyHash,
  ])
}

export type Shared = {
  linkId: number
  statementId: number
  title: string
  /** Of a report: its filter in words; null of a statement, whose title says it. */
  about: string | null
  sharedBy: string | null
  expiresAt: Date
  files: { format: string; filename: string; sizeBytes: number }[]
}

/** `openShare`: what a key opens now; null where it is unknown, expired or revoked: all three look alike. */
export async function openShare(sql: Sql, keyHash: string, now: Date): Promise<Shared | null> {
  const { rows } = await sql.query<Shared>(
    `select l.id as "linkId", s.id as "statementId", s.title, coalesce(nullif(u.name, ''), u.email) as "sharedBy",
            case when s.kind <> 'statement' then s.subject end as about, l.expires_at as "expiresAt",
            coalesce((select json_agg(json_build_object('format', f.format, 'filename', f.filename, 'sizeBytes', f.size_bytes) order by f.id)
                        from telemetry.statement_files f where f.statement_id = s.id), '[]') as files
       from telemetry.share_keys k join share_links l on l.id = k.share_link_id join statements s on s.id = l.statement_id
       left join users u on u.id = l.shared_by_id
      where k.key_hash = $1 and l.revoked_at is null and l.expires_at > $2 and s.status = 'issued'`,
    [keyHash, now],
  )
  return rows[0] ?? null
}

export async function countOpened(sql: Sql, linkId: number, now: Date): Promise<void> {
  await sql.query(
    'update share_links set last_opened_at = $2, opened_count = coalesce(opened_count, 0) + 1 where id = $1',
    [linkId, now],
  )
}

export async function readSharedFile(
  sql: Sql,
  statementId: number,
  format: string,
): Promise<{ filename: string; contentType: string; sizeBytes: number; bytes: Buffer } | null> {
  const { rows } = await sql.query<{
    filename: string
    contentType: string
    sizeBytes: number
    bytes: Buffer
  }>(
    `select filename, content_type as "contentType", size_bytes as "sizeBytes", bytes from telemetry.statement_files
      where statement_id = $1 and format = $2`,
    [statementId, format],
  )
  return rows[0] ?? null
}
