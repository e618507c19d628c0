import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * Most answers are known before their call is recorded (`{}`): such a pair is one row. `frame_log` is what readers see,
 * a line for each frame; an answer kept with its call has its place in the log (`at`, indexed) right behind it.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(
    sql.raw(`
alter table telemetry.frames add answer text, add answered_at timestamptz;
create view telemetry.frame_log as
  select at, at as said_at, charger_id, connection_id, direction, kind, action, message_id, payload, error
    from telemetry.frames
  union all
  select at, answered_at, charger_id, connection_id, 1::smallint, 3::smallint, action, message_id, answer, null
    from telemetry.frames where answer is not null;
`),
  )
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
drop view telemetry.frame_log;
alter table telemetry.frames drop answer, drop answered_at;
`),
  )
}
