import type { Sql } from '../pool'

/** A row of the audit log as the chain hashes it, with the link that was made for it, where there is one. */
export type ChainedRow = {
  auditId: number
  /** Null where the row is gone. */
  row: string | null
  userId: number | null
  siteId: number | null
  /** Who and where, as the row says now: they may only have become null, by a user or a site that was deleted. */
  userNow: number | null
  siteNow: number | null
}
export type Link = { seq: number; auditId: number; hash: Buffer }
export type NewLink = Link & { userId: number | null; siteId: number | null }

/** `lockChain`: one process at a time makes links. False where another does. Until the transaction ends. */
export async function lockChain(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ locked: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('cpms audit chain')) as locked`,
  )
  return rows[0]?.locked === true
}

export async function lastLink(sql: Sql): Promise<Link | null> {
  const { rows } = await sql.query<{ seq: string; auditId: number; hash: Buffer }>(
    'select seq, audit_id as "auditId", hash from telemetry.audit_chain order by seq desc limit 1',
  )
  return rows[0] ? { ...rows[0], seq: Number(rows[0].seq) } : null
}

/**
 * `unchained`: rows without a link, oldest first; also those that became visible late, which are never far behind: what
 * was linked long ago is not looked through again every few seconds. Index: audit_chain_audit_id_key.
 */
export async function unchained(sql: Sql, limit: number): Promise<ChainedRow[]> {
  const { rows } = await sql.query<ChainedRow>(
    `select a.id as "auditId", telemetry.audit_row(a, a.user_id, a.site_id) as row, a.user_id as "userId", a.site_id as "siteId",
            a.user_id as "userNow", a.site_id as "siteNow"
       from audit_log a
      where a.id > coalesce((select max(audit_id) from telemetry.audit_chain), 0) - 100000
        and not exists (select from telemetry.audit_chain c where c.audit_id = a.id)
      order by a.id limit $1`,
    [limit],
  )
  return rows
}

export async function addLinks(sql: Sql, links: readonly NewLink[]): Promise<void> {
  await sql.query(
    `insert into telemetry.audit_chain (seq, audit_id, user_id, site_id, hash)
     select * from unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::bytea[])`,
    [
      links.map(({ seq }) => seq),
      links.map(({ auditId }) => auditId),
      links.map(({ userId }) => userId),
      links.map(({ siteId }) => siteId),
      links.map(({ hash }) => hash),
    ],
  )
}

/** `readChain`: links after `afterSeq` with the rows they were made for, as those are now. */
export async function readChain(
  sql: Sql,
  afterSeq: number,
  limit: number,
): Promise<(Link & ChainedRow)[]> {
  const { rows } = await sql.query<Link & ChainedRow>(
    `select c.seq::int as seq, c.audit_id as "auditId", c.hash, c.user_id as "userId", c.site_id as "siteId",
            a.user_id as "userNow", a.site_id as "siteNow",
            case when a.id is not null then telemetry.audit_row(a, c.user_id, c.site_id) end as row
       from telemetry.audit_chain c left join audit_log a on a.id = c.audit_id
      where c.seq > $1 order by c.seq limit $2`,
    [afterSeq, limit],
  )
  return rows
}

/** `linkOf`: whether one entry is as the chain has it, from its own link and the one before; `new`: not linked yet. */
export async function linkOf(sql: Sql, auditId: number): Promise<'whole' | 'broken' | 'new'> {
  const { rows } = await sql.query<{ state: 'whole' | 'broken' | 'new' }>(
    `select case when c.seq is null then 'new'
                 when c.hash = sha256(coalesce(p.hash, decode(repeat('00', 32), 'hex'))
                                      || convert_to(telemetry.audit_row(a, c.user_id, c.site_id), 'UTF8')) then 'whole'
                 else 'broken' end as state
       from audit_log a
       left join telemetry.audit_chain c on c.audit_id = a.id
       left join telemetry.audit_chain p on p.seq = c.seq - 1
      where a.id = $1`,
    [auditId],
  )
  return rows[0]?.state ?? 'broken'
}

/** `noteCheck`: how the chain was found, for the page of the log. */
export async function noteCheck(
  sql: Sql,
  check: { rows: number; brokenId: number | null; why: string | null },
): Promise<void> {
  await sql.query('insert into telemetry.audit_checks (rows, broken_id, why) values ($1, $2, $3)', [
    check.rows,
    check.brokenId,
    check.why,
  ])
}
