import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * What chargers write and people only read: the frame log, meter samples, status history, who holds which socket,
 * credentials, the outbox. None of it is a Payload collection. Monthly partitions have a DEFAULT one beside them: a
 * device clock of 1970, or a turn of the month with nobody there to make the next partition, must not be an error.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(
    sql.raw(`
create schema if not exists telemetry;

create table telemetry.frames (
  at timestamptz not null,
  charger_id integer,
  connection_id bigint not null,
  direction smallint not null,
  kind smallint not null,
  action text,
  message_id text,
  payload text not null,
  error text
) partition by range (at);
create table telemetry.frames_default partition of telemetry.frames default;
create index frames_charger_at on telemetry.frames (charger_id, at);
create index frames_at on telemetry.frames using brin (at) with (pages_per_range = 32);

create table telemetry.meter_samples (
  at timestamptz not null,
  received_at timestamptz not null,
  charger_id integer not null,
  connector_id integer not null,
  session_id integer not null default 0,
  context smallint not null,
  energy_wh bigint,
  power_w real,
  current_l1_a real,
  current_l2_a real,
  current_l3_a real,
  voltage_l1_v real,
  voltage_l2_v real,
  voltage_l3_v real,
  soc_percent real,
  rest jsonb
) partition by range (at);
create table telemetry.meter_samples_default partition of telemetry.meter_samples default;
-- The only index: what asks for samples of a time finds its sessions first. A second one cost a fifth of the appends.
create unique index meter_samples_key on telemetry.meter_samples (charger_id, session_id, connector_id, at, context);

create table telemetry.status_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  charger_id integer not null,
  connector_id integer not null,
  status text not null,
  error_code text not null,
  info text,
  vendor_id text,
  vendor_error_code text,
  device_time text
);
create index status_log_charger_at on telemetry.status_log (charger_id, at);

create sequence telemetry.connection_ids;
create table telemetry.connections (
  charger_id integer primary key,
  connection_id bigint not null,
  instance text not null,
  connected_at timestamptz not null,
  disconnected_at timestamptz,
  remote_address text,
  protocol text
);
create index connections_instance on telemetry.connections (instance) where disconnected_at is null;

create table telemetry.instances (
  id text primary key,
  role text not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);

create table telemetry.charger_credentials (
  charger_id integer primary key,
  salt bytea not null,
  hash bytea not null,
  created_at timestamptz not null default now()
);

create table telemetry.handshakes (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  identity text,
  remote_address text,
  cause text not null,
  detail text
);
create index handshakes_at on telemetry.handshakes (at);

create table telemetry.events (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  kind text not null,
  charger_id integer,
  site_id integer,
  session_id integer,
  body jsonb not null default '{}'
);
create index events_at on telemetry.events using brin (at) with (pages_per_range = 32);

create table telemetry.tariff_versions (
  id integer generated always as identity primary key,
  tariff_id integer not null,
  body jsonb not null,
  sha256 text not null,
  created_at timestamptz not null default now()
);
create index tariff_versions_tariff on telemetry.tariff_versions (tariff_id, id desc);

create table telemetry.ledger_lines (
  session_id integer not null,
  line integer not null,
  kind text not null,
  quantity numeric not null,
  unit text not null,
  rate_micros bigint not null,
  amount_minor bigint not null,
  tax_minor bigint not null,
  from_at timestamptz,
  until_at timestamptz,
  body jsonb,
  primary key (session_id, line)
);

create table telemetry.stop_conflicts (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  charger_id integer not null,
  session_id integer,
  transaction_id numeric not null,
  reason text not null,
  body jsonb not null
);
create index stop_conflicts_charger on telemetry.stop_conflicts (charger_id, at);

create table telemetry.ticks (
  job text not null,
  slot timestamptz not null,
  claimed_at timestamptz not null default now(),
  primary key (job, slot)
);

create function telemetry.ensure_partitions(day timestamptz) returns void language plpgsql as $$
declare
  parent text;
  month date;
  name text;
begin
  perform pg_advisory_xact_lock(hashtext('telemetry.ensure_partitions'));
  foreach parent in array array['frames', 'meter_samples'] loop
    for step in 0..2 loop
      month := date_trunc('month', day at time zone 'UTC')::date + make_interval(months => step);
      name := parent || to_char(month, '_YYYYMM');
      if to_regclass('telemetry.' || name) is null then
        -- Rows of this month that the DEFAULT partition took meanwhile would forbid the new one: move them.
        execute format('create table telemetry.%I (like telemetry.%I including defaults)', name, parent);
        execute format(
          'with moved as (delete from telemetry.%I where at >= %L::timestamptz and at < %L::timestamptz returning *) insert into telemetry.%I select * from moved',
          parent || '_default', month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00', name);
        execute format(
          'alter table telemetry.%I attach partition telemetry.%I for values from (%L) to (%L)',
          parent, name, month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00');
      end if;
    end loop;
  end loop;
end $$;
select telemetry.ensure_partitions(now());

-- Transaction ids fit OCPP 1.6's signed 32 bits and start at 1: a charger may send 0 for "none" (QUIRKS 31, 34).
create sequence telemetry.transaction_ids as integer minvalue 1;
alter table sessions alter column transaction_id set default nextval('telemetry.transaction_ids');
-- The one index of running sessions: a second would be scanned whole by plans made while there were few.
create index sessions_open on sessions (charger_id, connector_number) where stopped_at is null;
create index sessions_unpriced on sessions (id) where stopped_at is not null and priced_at is null;
create index sessions_review on sessions (started_at) where status = 'needs-review';
-- Rows that chargers rewrite all day: without these (made for every Payload table) an update stays in its page.
drop index charger_states_updated_at_idx, charger_states_created_at_idx, connector_states_updated_at_idx,
  connector_states_created_at_idx, sessions_created_at_idx, sessions_card_idx, sessions_driver_idx;
-- Most charges have a card and many no driver: an index of nothing is not kept.
create index sessions_card_idx on sessions (card_id, started_at desc) where card_id is not null;
create index sessions_driver_idx on sessions (driver_id, started_at desc) where driver_id is not null;
alter table sessions set (fillfactor = 70);
alter table charger_states set (fillfactor = 70);
alter table connector_states set (fillfactor = 70);
create index commands_open on commands (charger_id) where not is_final;
create index commands_remote_start on commands (charger_id, id_tag) where action = 'RemoteStartTransaction';
`),
  )
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
drop index if exists sessions_open, sessions_unpriced, sessions_review, commands_open, commands_remote_start;
alter table sessions alter column transaction_id drop default;
drop schema telemetry cascade;
`),
  )
}
