import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/** What reservations, charging profiles, card lists and certificates need besides their collections. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(
    sql.raw(`
create index reservations_open on reservations (id) where state in ('requested', 'accepted');
create index charging_profiles_open on charging_profiles (id) where state in ('sent', 'accepted');

-- The card list inside a charger: what it was told and took, and what is under way. entries: idTag → idTagInfo.
create table telemetry.local_lists (
  charger_id integer primary key references chargers (id) on delete cascade,
  version integer,
  entries jsonb not null default '{}',
  -- of the list under way: its parts go one after the other, the version holds with the last
  pending jsonb,
  command_id integer references commands (id) on delete set null,
  -- null: it was not asked for its version since it booted
  asked_at timestamptz,
  is_capable boolean not null default true,
  tries integer not null default 0,
  next_try_at timestamptz not null default now(),
  cache_cleared_at timestamptz,
  problem text,
  updated_at timestamptz not null default now()
);

-- Certificates that chargers asked for (SignCertificate) and got; the private keys never leave the chargers.
create table telemetry.charger_certificates (
  id integer generated always as identity primary key,
  charger_id integer not null references chargers (id) on delete cascade,
  csr text not null,
  received_at timestamptz not null,
  state text not null default 'asked' check (state in ('asked', 'signed', 'refused')),
  reason text,
  serial text unique,
  certificate text,
  not_after timestamptz,
  command_id integer references commands (id) on delete set null,
  revoked_at timestamptz
);
create index charger_certificates_of on telemetry.charger_certificates (charger_id, id desc);
create index charger_certificates_asked on telemetry.charger_certificates (id) where state = 'asked';
`),
  )
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
drop table telemetry.charger_certificates, telemetry.local_lists;
drop index charging_profiles_open, reservations_open;
`),
  )
}
