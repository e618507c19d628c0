import type { channels } from './channels'
import type { Sql } from './pool'

/** `notify`: tells whoever listens, when the transaction of `sql` commits (at once outside one). */
export async function notify(
  sql: Sql,
  channel: (typeof channels)[keyof typeof channels],
  payload: string | number,
): Promise<void> {
  await sql.query('select pg_notify($1, $2)', [channel, String(payload)])
}
