import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * What the panel asks for besides: trigrams for the find box (an installation whose Postgres lacks pg_trgm searches
 * without them, slower), and the connections, boots and reports of chargers after the outbox has been emptied.
 */
const create = `
do $$ begin
  create extension if not exists pg_trgm;
exception when others then
  raise notice 'pg_trgm cannot be installed here (%): people and cards are searched without an index', sqlerrm;
end $$;
do $$ begin
  if exists (select from pg_extension where extname = 'pg_trgm') then
    create index drivers_find on drivers using gin ((' ' || lower(name) || ' ' || lower(email)) gin_trgm_ops);
    create index rfid_cards_find_label on rfid_cards using gin ((' ' || lower(label)) gin_trgm_ops);
    create index rfid_cards_find_uid on rfid_cards using gin (uid gin_trgm_ops);
  end if;
end $$;

create index events_history on telemetry.events (charger_id, at)
  where kind in ('charger.connected', 'charger.disconnected', 'charger.booted', 'charger.firmware', 'charger.diagnostics', 'charger.security');
create table telemetry.charger_log (
  id bigint not null,
  at timestamptz not null,
  charger_id integer not null,
  kind text not null,
  body jsonb not null default '{}'
);
create index charger_log_charger_at on telemetry.charger_log (charger_id, at);
create index charger_log_at on telemetry.charger_log using brin (at);
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(create))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
drop table telemetry.charger_log;
drop index telemetry.events_history;
drop index if exists drivers_find, rfid_cards_find_label, rfid_cards_find_uid;
`),
  )
}
