import type { Sql } from '../pool'

/** What is open or waits at this moment, in the whole installation. */
export type Backlog = {
  alerts: { kind: string; count: number }[]
  running: number
  unpriced: number
  oldestUnpricedSeconds: number
  inReview: number
  commands: number
  mails: number
  webhooks: number
}

/**
 * `readBacklog`: for the figures of the worker, every few seconds. Each count walks a partial index that holds only what
 * is open: sessions_open, sessions_unpriced, sessions_review, commands_open, mails_due, webhook_deliveries_due.
 */
export async function readBacklog(sql: Sql): Promise<Backlog> {
  const { rows } = await sql.query<{ backlog: Backlog }>(
    `select json_build_object(
       'alerts', coalesce((select json_agg(a) from (select kind, count(*)::int count from alerts
                            where status <> 'resolved' group by kind order by kind) a), '[]'),
       'running', (select count(*) from sessions where stopped_at is null),
       'unpriced', u.count,
       'oldestUnpricedSeconds', coalesce(greatest(extract(epoch from now() - u.oldest), 0), 0),
       'inReview', (select count(*) from sessions where status = 'needs-review'),
       'commands', (select count(*) from commands where not is_final),
       'mails', (select count(*) from telemetry.mails where sent_at is null and failed_at is null),
       'webhooks', (select count(*) from telemetry.webhook_deliveries where delivered_at is null and failed_at is null)
     ) backlog
       from (select count(*)::int count, min(updated_at) oldest from sessions
              where stopped_at is not null and priced_at is null and status = 'ended') u`,
  )
  return rows[0]!.backlog
}
