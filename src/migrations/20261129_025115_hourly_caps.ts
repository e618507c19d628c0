import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/** How much one person may do within an hour (SEC-47). The default of a price group is the form's. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(
    sql.raw(`
alter table price_groups alter column pricing drop default;
alter table settings
  add column commands_per_hour numeric default 3000 not null,
  add column critical_commands_per_hour numeric default 200 not null,
  add column charger_passwords_per_hour numeric default 60 not null,
  add column large_exports_per_hour numeric default 10 not null,
  add column access_changes_per_hour numeric default 100 not null;
`),
  )
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
alter table price_groups alter column pricing set default 'tariff';
alter table settings
  drop column commands_per_hour,
  drop column critical_commands_per_hour,
  drop column charger_passwords_per_hour,
  drop column large_exports_per_hour,
  drop column access_changes_per_hour;
`),
  )
}
