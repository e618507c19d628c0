import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * A password that a charger was told over OCPP and has not connected with yet. Sealed until it is sent; the present one
 * holds until the new one has been used.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(
    sql.raw(`
alter table telemetry.charger_credentials
  add next_salt bytea, add next_hash bytea, add next_sealed text,
  add next_command_id integer references commands (id) on delete set null;
`),
  )
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
alter table telemetry.charger_credentials
  drop next_salt, drop next_hash, drop next_sealed, drop next_command_id;
`),
  )
}
