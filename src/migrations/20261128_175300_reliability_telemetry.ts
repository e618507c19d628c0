import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/** What the reliability report asks of the status history: one EVSE's words over a period, and the one before it. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(
    sql.raw(`
create index status_log_evse_at on telemetry.status_log (charger_id, connector_id, at);
-- Connections and losses of them are read over years; the other lines of a charger's log go after 90 days.
create index charger_log_connections on telemetry.charger_log (charger_id, at)
  where kind in ('charger.connected', 'charger.disconnected');
`),
  )
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`drop index telemetry.status_log_evse_at, telemetry.charger_log_connections;`),
  )
}
