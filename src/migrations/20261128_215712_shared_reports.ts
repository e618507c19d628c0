import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/** Reports that are made to be shared have no schedule; schedules make the report of rapid chargers too. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(
    sql.raw(`
alter type "public"."enum_report_schedules_kind" add value 'reliability';
alter table telemetry.statement_runs alter column schedule_id drop not null;
`),
  )
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
delete from statements where id in (select statement_id from telemetry.statement_runs where schedule_id is null);
alter table telemetry.statement_runs alter column schedule_id set not null;

delete from report_schedules where kind = 'reliability';
alter table report_schedules alter column kind drop default;
alter table report_schedules alter column kind type text;
drop type enum_report_schedules_kind;
create type enum_report_schedules_kind as enum ('statement', 'chargingSessions', 'energyUsage', 'fleetUsage', 'faultsUptime');
alter table report_schedules alter column kind type enum_report_schedules_kind using kind::enum_report_schedules_kind;
alter table report_schedules alter column kind set default 'statement';
`),
  )
}
