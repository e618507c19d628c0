import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * Firmware and diagnostics: what a target remembers beside its state, and the way from a charger to what it said of an
 * update. The index holds only rows that are rare: a boot, a step of an update, a step of an upload.
 */
const telemetry = `
alter table telemetry.firmware_targets
  add column download_percent smallint not null default 0,
  add column is_unsigned boolean not null default false;
create index events_files on telemetry.events (charger_id, at)
  where kind in ('charger.firmware', 'charger.booted', 'charger.download', 'charger.diagnostics');
create index firmware_targets_ended on telemetry.firmware_targets (finished_at) where finished_at is not null;
create index transfer_tokens_file on telemetry.transfer_tokens (file_id, kind, charger_id);
`

const dropTelemetry = `
drop index telemetry.events_files, telemetry.firmware_targets_ended, telemetry.transfer_tokens_file;
alter table telemetry.firmware_targets drop column download_percent, drop column is_unsigned;
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "firmware_updates" ALTER COLUMN "state" SET DEFAULT 'scheduled';
  ALTER TABLE "firmware_updates" ADD COLUMN "resumed_at" timestamp(3) with time zone;
  ALTER TABLE "diagnostics" ADD COLUMN "log" varchar;
  ALTER TABLE "diagnostics" ADD COLUMN "stored_as" varchar;
  ALTER TABLE "settings" ADD COLUMN "signed_firmware_only" boolean DEFAULT false;
  ALTER TABLE "settings" ADD COLUMN "firmware_max_megabytes" numeric DEFAULT 500 NOT NULL;
  ALTER TABLE "settings" ADD COLUMN "diagnostics_max_megabytes" numeric DEFAULT 100 NOT NULL;
  ALTER TABLE "settings" ADD COLUMN "diagnostics_quota_megabytes" numeric DEFAULT 1000 NOT NULL;`)
  await db.execute(sql.raw(telemetry))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw(dropTelemetry))
  await db.execute(sql`
   ALTER TABLE "firmware_updates" ALTER COLUMN "state" SET DEFAULT 'draft';
  ALTER TABLE "firmware_updates" DROP COLUMN "resumed_at";
  ALTER TABLE "diagnostics" DROP COLUMN "log";
  ALTER TABLE "diagnostics" DROP COLUMN "stored_as";
  ALTER TABLE "settings" DROP COLUMN "signed_firmware_only";
  ALTER TABLE "settings" DROP COLUMN "firmware_max_megabytes";
  ALTER TABLE "settings" DROP COLUMN "diagnostics_max_megabytes";
  ALTER TABLE "settings" DROP COLUMN "diagnostics_quota_megabytes";`)
}
