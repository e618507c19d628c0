import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * What the drivers' app keeps: sign-ins, starts, idempotency keys, and money as double entry. None of it is a Payload
 * collection; of secrets only hashes are kept. The database itself refuses an entry whose postings do not sum to zero,
 * an account of a driver below zero, and any change to what was posted.
 */
const randomId = `left(encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'), 32)`

const publicIds = ['rfid_cards', 'fleets', 'vehicles', 'tickets', 'faqs', 'drivers', 'sites']
  .map(
    (table) => `alter table ${table} alter column public_id set default ${randomId};
update ${table} set public_id = ${randomId} where public_id is null;`,
  )
  .join('\n')

const create = `
${publicIds}
create index if not exists tickets_driver_app on tickets (driver_id, created_at desc) where driver_id is not null;
create index drivers_email_lower on drivers (lower(email));

create schema app;

create table app.credentials (
  driver_id integer primary key references drivers (id) on delete cascade,
  password_hash text,
  email_verified_at timestamptz,
  totp_sealed text,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  failures integer not null default 0,
  locked_until timestamptz,
  notify jsonb not null default '{}',
  updated_at timestamptz not null default now()
);

create table app.sign_ins (
  id bigint generated always as identity primary key,
  public_id text not null unique default ${randomId},
  driver_id integer not null references drivers (id) on delete cascade,
  access_hash bytea not null unique,
  access_until timestamptz not null,
  refresh_hash bytea not null unique,
  spent_hash bytea,
  refresh_until timestamptz not null,
  client text,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now()
);
create index sign_ins_driver on app.sign_ins (driver_id);
create unique index sign_ins_spent on app.sign_ins (spent_hash) where spent_hash is not null;

create table app.codes (
  hash bytea primary key,
  purpose text not null check (purpose in ('verify', 'reset', 'mfa')),
  driver_id integer not null references drivers (id) on delete cascade,
  until timestamptz not null,
  tries integer not null default 0
);
create index codes_driver on app.codes (driver_id);

create table app.devices (
  driver_id integer not null references drivers (id) on delete cascade,
  device_id text not null,
  platform text not null,
  push_token text not null,
  updated_at timestamptz not null default now(),
  primary key (driver_id, device_id)
);

create table app.favourites (
  driver_id integer not null references drivers (id) on delete cascade,
  site_id integer not null references sites (id) on delete cascade,
  at timestamptz not null default now(),
  primary key (driver_id, site_id)
);

-- A request that ended has its answer; one that is under way has none, and a second one waits for its row.
create table app.idempotency_keys (
  driver_id integer not null references drivers (id) on delete cascade,
  key text not null,
  request_hash bytea not null,
  status integer,
  body text,
  created_at timestamptz not null default now(),
  primary key (driver_id, key)
);
create index idempotency_keys_created on app.idempotency_keys (created_at);

create table app.starts (
  id bigint generated always as identity primary key,
  public_id text not null unique default ${randomId},
  driver_id integer not null references drivers (id),
  site_id integer not null,
  charger_id integer not null,
  connector_id integer not null,
  connector_number integer not null,
  id_tag text not null unique,
  command_id integer references commands (id),
  vehicle_id integer references vehicles (id) on delete set null,
  payment text not null default 'none' check (payment in ('none', 'wallet', 'card')),
  currency text,
  limit_wh bigint check (limit_wh > 0),
  limit_minor bigint check (limit_minor > 0),
  limit_seconds integer check (limit_seconds > 0),
  stop_command_id integer references commands (id),
  stop_cause text check (stop_cause in ('driver', 'energy', 'amount', 'time', 'funds')),
  stop_asked_at timestamptz,
  stop_tries integer not null default 0,
  settled_at timestamptz,
  created_at timestamptz not null default now()
);
create index starts_driver on app.starts (driver_id, created_at desc);
create index starts_open on app.starts (id) where settled_at is null;
create index starts_connector on app.starts (connector_id, created_at desc);

-- What a driver asked for, so that he may follow it by an id of the outside world.
create table app.driver_commands (
  command_id integer primary key references commands (id) on delete cascade,
  public_id text not null unique default ${randomId},
  driver_id integer not null references drivers (id) on delete cascade,
  start_id bigint references app.starts (id) on delete cascade,
  at timestamptz not null default now()
);
create index driver_commands_driver on app.driver_commands (driver_id, at desc);

create table app.disputes (
  session_id integer primary key references sessions (id),
  driver_id integer not null references drivers (id),
  ticket_id integer not null references tickets (id) on delete cascade,
  at timestamptz not null default now()
);

create table app.accounts (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('available', 'held', 'card', 'revenue')),
  driver_id integer references drivers (id),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  balance_minor bigint not null default 0,
  unique nulls not distinct (kind, driver_id, currency),
  check ((driver_id is not null) = (kind in ('available', 'held'))),
  constraint accounts_no_debt check (driver_id is null or balance_minor >= 0)
);

create table app.payments (
  id bigint generated always as identity primary key,
  public_id text not null unique default ${randomId},
  driver_id integer not null references drivers (id),
  start_id bigint references app.starts (id),
  purpose text not null check (purpose in ('top-up', 'charge')),
  provider text not null,
  provider_id text unique,
  amount_minor bigint not null check (amount_minor > 0),
  captured_minor bigint not null default 0 check (captured_minor between 0 and amount_minor),
  refunded_minor bigint not null default 0 check (refunded_minor between 0 and captured_minor),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'created'
    check (status in ('created', 'needs-action', 'authorised', 'captured', 'cancelled', 'failed', 'refunded')),
  failure text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index payments_driver on app.payments (driver_id, created_at desc);
create index payments_start on app.payments (start_id) where start_id is not null;
create index payments_open on app.payments (updated_at) where status in ('created', 'needs-action', 'authorised');

create table app.payment_methods (
  id bigint generated always as identity primary key,
  public_id text not null unique default ${randomId},
  driver_id integer not null references drivers (id) on delete cascade,
  provider text not null,
  provider_id text not null,
  brand text,
  last4 text,
  expires text,
  is_default boolean not null default false,
  created_at timestamptz not null default now(),
  unique (provider, provider_id)
);
create index payment_methods_driver on app.payment_methods (driver_id);

create table app.provider_customers (
  driver_id integer not null references drivers (id) on delete cascade,
  provider text not null,
  provider_id text not null,
  primary key (driver_id, provider)
);

-- Each event of a payment provider is worked off once, however often it is sent.
create table app.provider_events (
  provider text not null,
  event_id text not null,
  type text not null,
  received_at timestamptz not null default now(),
  primary key (provider, event_id)
);

create table app.entries (
  id bigint generated always as identity primary key,
  public_id text not null unique default ${randomId},
  -- What it was made for: the same reason never makes a second entry.
  key text not null unique,
  kind text not null check (kind in ('top-up', 'hold', 'capture', 'release', 'refund')),
  driver_id integer not null references drivers (id),
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  start_id bigint references app.starts (id),
  session_id integer references sessions (id),
  payment_id bigint references app.payments (id),
  at timestamptz not null default now()
);
create index entries_driver on app.entries (driver_id, id desc);
create index entries_start on app.entries (start_id) where start_id is not null;

create table app.postings (
  entry_id bigint not null references app.entries (id),
  account_id bigint not null references app.accounts (id),
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (entry_id, account_id)
);
create index postings_account on app.postings (account_id, entry_id);

create function app.carry_to_account() returns trigger language plpgsql as $$
begin
  update app.accounts set balance_minor = balance_minor + new.amount_minor where id = new.account_id;
  return new;
end $$;
create trigger carry_to_account after insert on app.postings for each row execute function app.carry_to_account();

create function app.demand_balance_of_entry() returns trigger language plpgsql as $$
begin
  if (select coalesce(sum(p.amount_minor), 1) from app.postings p where p.entry_id = new.id) <> 0 then
    raise exception 'the postings of an entry must sum to zero' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create function app.demand_balance_of_posting() returns trigger language plpgsql as $$
begin
  if (select coalesce(sum(p.amount_minor), 1) from app.postings p where p.entry_id = new.entry_id) <> 0 then
    raise exception 'the postings of an entry must sum to zero' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger entries_balance after insert on app.entries deferrable initially deferred
  for each row execute function app.demand_balance_of_entry();
create constraint trigger postings_balance after insert on app.postings deferrable initially deferred
  for each row execute function app.demand_balance_of_posting();

create function app.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was posted stays: post a correction' using errcode = 'insufficient_privilege';
end $$;
create trigger entries_stay before update or delete on app.entries for each row execute function app.refuse_change();
create trigger postings_stay before update or delete on app.postings for each row execute function app.refuse_change();
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(create))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
drop schema app cascade;
drop index if exists drivers_email_lower, tickets_driver_app;
`),
  )
}
