import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * What stands behind a statement: who makes it at this moment, the figures it was closed with, a line per session, its
 * files (in the database: they commit with the statement, and every role on every machine has them), its recipients,
 * and the hashed keys of shared links. Mails may carry such a file.
 */
const create = `
create unique index statements_once on statements (schedule_id, period_from);
create index statements_period on statements (period_from desc, id desc);

create table telemetry.statement_runs (
  statement_id integer primary key references statements (id) on delete cascade,
  schedule_id integer not null,
  site_ids integer[] not null default '{}',
  tries integer not null default 0,
  next_try_at timestamptz not null default now(),
  claim text,
  figures jsonb,
  is_done boolean not null default false
);
create index statement_runs_due on telemetry.statement_runs (next_try_at) where not is_done;
create index statement_runs_sites on telemetry.statement_runs using gin (site_ids);

create table telemetry.statement_lines (
  statement_id integer not null references statements (id) on delete cascade,
  line integer not null,
  schedule_id integer not null,
  session_id integer not null,
  -- session: of this period; late: of an earlier one, never stated; change: stated, and different since
  kind text not null check (kind in ('session', 'late', 'change')),
  site_id integer,
  charger_id integer,
  started_at timestamptz not null,
  energy_wh bigint not null,
  amount_minor bigint not null,
  tax_minor bigint not null,
  currency text,
  primary key (statement_id, line)
);
create index statement_lines_session on telemetry.statement_lines (schedule_id, session_id);

create table telemetry.statement_files (
  id bigint generated always as identity primary key,
  statement_id integer not null references statements (id) on delete cascade,
  format text not null,
  filename text not null,
  content_type text not null,
  size_bytes integer not null,
  sha256 text not null,
  bytes bytea not null,
  unique (statement_id, format)
);
alter table telemetry.statement_files alter column bytes set storage external;
create index statement_files_sha256 on telemetry.statement_files (sha256);

create table telemetry.report_recipients (
  id bigint generated always as identity primary key,
  schedule_id integer not null,
  address text not null,
  asked_at timestamptz,
  token_hash text unique,
  token_until timestamptz,
  confirmed_at timestamptz,
  declined_at timestamptz,
  unique (schedule_id, address)
);
create index report_recipients_address on telemetry.report_recipients (address) where confirmed_at is not null;
create index report_recipients_unasked on telemetry.report_recipients (id)
  where confirmed_at is null and declined_at is null and asked_at is null;

create table telemetry.mail_files (
  mail_id bigint not null references telemetry.mails (id) on delete cascade,
  file_id bigint not null references telemetry.statement_files (id) on delete cascade,
  primary key (mail_id, file_id)
);

create table telemetry.share_keys (
  share_link_id integer primary key references share_links (id) on delete cascade,
  key_hash text unique,
  mail_to text
);
create index share_keys_unsent on telemetry.share_keys (share_link_id) where key_hash is null;

-- The one logo, as a PNG that sharp has made of what was uploaded.
create table telemetry.branding_logo (
  is_only boolean primary key default true check (is_only),
  png bytea not null,
  width integer not null,
  height integer not null,
  changed_at timestamptz not null default now()
);
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(create))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
drop table telemetry.branding_logo, telemetry.share_keys, telemetry.mail_files, telemetry.report_recipients,
  telemetry.statement_files, telemetry.statement_lines, telemetry.statement_runs;
drop index statements_period, statements_once;
`),
  )
}
