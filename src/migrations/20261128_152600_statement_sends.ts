import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/** To whom a statement goes: once by itself when it is issued, and again as often as somebody asks. */
const create = `
create table telemetry.statement_sends (
  id bigint generated always as identity primary key,
  statement_id integer not null references statements (id) on delete cascade,
  address text not null,
  asked_by text,
  asked_at timestamptz not null,
  mailed_at timestamptz
);
create unique index statement_sends_once on telemetry.statement_sends (statement_id, address) where asked_by is null;
create index statement_sends_statement on telemetry.statement_sends (statement_id, id);
create index statement_sends_due on telemetry.statement_sends (id) where mailed_at is null;
create index statements_sha256 on statements (sha256);
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(create))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw('drop index statements_sha256; drop table telemetry.statement_sends;'))
}
