import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * When a login was last used and until when it looks through somebody else's eyes; the audit log by person, by action,
 * by kind of record, by place and what was denied, each newest first; and what each verification of its chain has found.
 */
const create = `
alter table telemetry.logins add column seen_at timestamptz, add column views_as_until timestamptz;
update telemetry.logins set views_as = null where views_as is not null;

create table telemetry.audit_checks (
  at timestamptz primary key default now(),
  rows integer not null,
  broken_id integer,
  why text
);

create index audit_log_newest on audit_log (at desc, id desc);
create index audit_log_by_user on audit_log (user_id, at desc, id desc);
create index audit_log_by_site on audit_log (site_id, at desc, id desc) where site_id is not null;
create index audit_log_by_action on audit_log (action, at desc, id desc);
create index audit_log_denied on audit_log (at desc, id desc) where result = 'refused';
create index audit_log_by_resource on audit_log (resource, at desc, id desc);
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(create))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
drop index audit_log_newest, audit_log_by_user, audit_log_by_site, audit_log_by_action, audit_log_denied, audit_log_by_resource;
drop table telemetry.audit_checks;
alter table telemetry.logins drop column seen_at, drop column views_as_until;
`),
  )
}
