import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/** Webhooks may hand messages on to drivers' phones. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(
    sql.raw(`alter type "public"."enum_webhooks_events" add value 'driver.notification';`),
  )
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
delete from webhooks_events where value = 'driver.notification';
alter table webhooks_events alter column value set data type text;
drop type "public"."enum_webhooks_events";
create type "public"."enum_webhooks_events" as enum ('alert.opened', 'alert.acknowledged', 'alert.resolved', 'session.started', 'session.ended', 'session.priced', 'charger.status', 'connector.status', 'charger.connected', 'charger.disconnected', 'charger.booted', 'command.changed', 'firmware.changed', 'ticket.created', 'ticket.replied');
alter table webhooks_events alter column value set data type "public"."enum_webhooks_events" using value::"public"."enum_webhooks_events";
`),
  )
}
