import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/** What paying needs besides its ledger: what is owed, what a provider is asked for, staff's hand in it, guests. */
const create = `
alter table app.starts
  -- Set aside before the charger is asked.
  add column hold_minor bigint check (hold_minor > 0),
  add column method_id bigint references app.payment_methods (id) on delete set null,
  -- The price that could not be taken; a new start waits until it is paid.
  add column due_minor bigint not null default 0 check (due_minor >= 0),
  -- Why the charger was never asked.
  add column failure text;
create index starts_due on app.starts (driver_id) where due_minor > 0;

alter table app.accounts drop constraint accounts_kind_check;
alter table app.accounts add constraint accounts_kind_check
  check (kind in ('available', 'held', 'card', 'cash', 'revenue'));
alter table app.entries drop constraint entries_kind_check;
alter table app.entries add constraint entries_kind_check
  check (kind in ('top-up', 'hold', 'capture', 'release', 'refund', 'pay-out'));
-- Of what staff posted: why, and who (no foreign key: a deleted user changes nothing that was posted).
alter table app.entries add column reason text, add column made_by integer;

-- What the provider is still to be asked, with the number of the asking: it is part of the key that makes a second
-- asking the first one again.
alter table app.payments
  add column method_id bigint references app.payment_methods (id) on delete set null,
  add column wish text check (wish in ('charge', 'authorise', 'checkout', 'capture', 'cancel', 'refund')),
  add column wish_minor bigint check (wish_minor > 0),
  add column wishes integer not null default 0,
  add column tries integer not null default 0,
  add column next_try_at timestamptz not null default now(),
  add column client_secret text,
  add column checkout_url text;
drop index app.payments_open;
create index payments_wishes on app.payments (next_try_at) where wish is not null;
create unique index payment_methods_default on app.payment_methods (driver_id) where is_default;

alter table app.credentials add column recovery_hashes text[] not null default '{}';
-- A guest's sign-in is good for one charge.
alter table app.sign_ins add column start_id bigint references app.starts (id) on delete cascade;

create index chargers_public_site on chargers (site_id) where visibility = 'public';
`

const drop = `
drop index chargers_public_site;
alter table app.sign_ins drop column start_id;
alter table app.credentials drop column recovery_hashes;
drop index app.payment_methods_default;
drop index app.payments_wishes;
create index payments_open on app.payments (updated_at) where status in ('created', 'needs-action', 'authorised');
alter table app.payments drop column method_id, drop column wish, drop column wish_minor, drop column wishes, drop column tries,
  drop column next_try_at, drop column client_secret, drop column checkout_url;
alter table app.entries drop column reason, drop column made_by;
drop index app.starts_due;
alter table app.starts drop column hold_minor, drop column method_id, drop column due_minor, drop column failure;
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(create))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw(drop))
}
