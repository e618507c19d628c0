import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * What the incident engine remembers, how far the readers of the outbox have read, and whom an alert was mailed to.
 * `missing` of a cursor are ids that were given and not yet seen: their transaction may commit after a later one.
 */
const telemetry = `
create table telemetry.cursors (
  name text primary key,
  last_id bigint not null,
  missing jsonb not null default '[]',
  updated_at timestamptz not null default now()
);

create table telemetry.incident_memory (
  charger_id integer primary key references chargers (id) on delete cascade,
  memory jsonb not null,
  due_at timestamptz,
  is_dark boolean not null default false,
  updated_at timestamptz not null default now()
) with (fillfactor = 80);
create index incident_memory_due on telemetry.incident_memory (due_at) where due_at is not null;

create table telemetry.alert_mails (
  alert_id integer not null references alerts (id) on delete cascade,
  user_id integer not null references users (id) on delete cascade,
  due_at timestamptz not null,
  mailed_at timestamptz,
  primary key (alert_id, user_id)
);
create index alert_mails_due on telemetry.alert_mails (due_at) where mailed_at is null;
create index alert_mails_last on telemetry.alert_mails (user_id, mailed_at) where mailed_at is not null;
-- What has just closed by itself may open again.
create index alerts_resolved on alerts (resolved_at) where status = 'resolved';
`

const dropTelemetry = `
drop index alerts_resolved;
drop table telemetry.cursors, telemetry.incident_memory, telemetry.alert_mails;
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   ALTER TYPE "public"."enum_notification_preferences_kinds" ADD VALUE 'identity-changed';`)
  await db.execute(sql.raw(telemetry))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw(dropTelemetry))
  await db.execute(sql`
   DELETE FROM "notification_preferences_kinds" WHERE "value" = 'identity-changed';
  ALTER TABLE "notification_preferences_kinds" ALTER COLUMN "value" SET DATA TYPE text;
  DROP TYPE "public"."enum_notification_preferences_kinds";
  CREATE TYPE "public"."enum_notification_preferences_kinds" AS ENUM('offline', 'overheating', 'power-loss', 'lock', 'ground', 'over-current', 'fault', 'no-energy', 'starts-fail', 'connector-stuck', 'flapping', 'meter-implausible', 'clock-wrong', 'firmware-failed', 'never-connected', 'site-power-lost', 'communication', 'card-reader', 'vehicle');
  ALTER TABLE "notification_preferences_kinds" ALTER COLUMN "value" SET DATA TYPE "public"."enum_notification_preferences_kinds" USING "value"::"public"."enum_notification_preferences_kinds";`)
}
