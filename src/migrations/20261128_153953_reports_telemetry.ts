import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * What reports ask for: the exports under way (how far each is, and how many somebody took lately: any web process may
 * be asked), and the few sessions that a look at one period would miss by their start.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(
    sql.raw(`
create table telemetry.exports (
  id text primary key,
  user_id integer not null,
  report text not null,
  format text not null,
  asked_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  total_rows bigint,
  rows bigint not null default 0,
  finished_at timestamptz,
  failure text
);
create index exports_user on telemetry.exports (user_id, asked_at);
create index exports_asked on telemetry.exports (asked_at);

-- Sessions longer than a day: every other one that reaches into a period began on the day before it or later.
create index sessions_long on sessions (stopped_at) where stopped_at - started_at > interval '1 day';
-- Ended sessions whose charging time nobody has read from the meter yet.
create index sessions_unmeasured on sessions (id) where stopped_at is not null and charging_seconds is null;
`),
  )
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
drop index if exists sessions_long, sessions_unmeasured;
drop table telemetry.exports;
`),
  )
}
