import type { Sql } from '../pool'

export type ToSend = {
  sendId: number
  statementId: number
  address: string
  isAgain: boolean
  title: string
  kind: string
  subject: string
  schedule: string
  from: Date
  to: Date
  zone: string
  sessionCount: number | null
  energyWh: number | null
  costMinor: number | null
  currency: string | null
  correctionCount: number | null
  fingerprint: string | null
  files: { id: number; filename: string; sizeBytes: number; format: string }[]
}

/** `claimSend`: one mail to be written, locked for this transaction. Index: statement_sends_due. */
export async function claimSend(sql: Sql): Promise<ToSend | null> {
  const { rows } = await sql.query<ToSend>(
    `with due as (
       select * from telemetry.statement_sends where mailed_at is null order by id limit 1 for update skip locked)
     select d.id as "sendId", s.id as "statementId", d.address, d.asked_by is not null as "isAgain", s.title, s.kind,
            s.subject, coalesce(r.name, '') as schedule, s.period_from as "from", s.period_to as "to", s.timezone as zone,
            s.session_count as "sessionCount", s.energy_wh as "energyWh", s.cost_minor as "costMinor", s.currency,
            s.correction_count as "correctionCount", s.sha256 as fingerprint,
            coalesce((select json_agg(json_build_object('id', f.id, 'filename', f.filename, 'sizeBytes', f.size_bytes,
                             'format', f.format) order by f.id)
                        from telemetry.statement_files f where f.statement_id = s.id), '[]') as files
       from due d join statements s on s.id = d.statement_id left join report_schedules r on r.id = s.schedule_id`,
  )
  return rows[0] ?? null
}

export async function settleSend(sql: Sql, sendId: number, now: Date): Promise<void> {
  await sql.query('update telemetry.statement_sends set mailed_at = $2 where id = $1', [
    sendId,
    now,
  ])
}

/** `attachFiles`: files that go with a mail of the outbox, in the same transaction. */
export async function attachFiles(
  sql: Sql,
  mailKey: string,
  fileIds: readonly number[],
): Promise<void> {
  await sql.query(
    `insert into telemetry.mail_files (mail_id, file_id)
     select m.id, f from telemetry.mails m, unnest($2::bigint[]) as f where m.key = $1 on conflict do nothing`,
    [mailKey, fileIds],
  )
}

export type MailFile = { filename: string; contentType: string; bytes: Buffer }

/** `readMailFiles`: what goes with a mail; most have nothing. */
export async function readMailFiles(sql: Sql, mailId: number): Promise<MailFile[]> {
  const { rows } = await sql.query<MailFile>(
    `select f.filename, f.content_type as "contentType", f.bytes
       from telemetry.mail_files a join telemetry.statement_files f on f.id = a.file_id
      where a.mail_id = $1 order by f.id`,
    [mailId],
  )
  return rows
}

/** `askSend`: a statement goes out again; to the confirmed recipients of its schedule, or to one of them. */
export async function askSend(
  sql: Sql,
  statementId: number,
  options: { askedBy: string; address: string | null; now: Date },
): Promise<string[]> {
  const { rows } = await sql.query<{ address: string }>(
    `insert into telemetry.statement_sends (statement_id, address, asked_by, asked_at)
     select s.id, k.address, $2, $4 from statements s join telemetry.report_recipients k on k.schedule_id = s.schedule_id
      where s.id = $1 and s.status = 'issued' and k.confirmed_at is not null and k.declined_at is null
        and ($3::text is null or k.address = lower($3))
     returning address`,
    [statementId, options.askedBy, options.address, options.now],
  )
  return rows.map(({ address }) => address)
}
