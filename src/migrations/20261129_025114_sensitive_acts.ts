import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * What is counted by person and hour (SEC-47). A function, so that the count is taken after the lock is held: each of its
 * statements sees what was committed before it, and the lock is kept to the end of the caller's transaction.
 */
const create = `
create table telemetry.sensitive_acts (
  user_id integer not null references users (id) on delete cascade,
  kind text not null,
  at timestamptz not null
);
create index sensitive_acts_by_person on telemetry.sensitive_acts (user_id, kind, at);

create function telemetry.take_turn(who integer, what text, most integer, moment timestamptz)
returns table (in_hour integer, in_minute integer, free_at timestamptz) language plpgsql as $$
declare
  hour_ago timestamptz := moment - interval '1 hour';
  done integer;
begin
  perform pg_advisory_xact_lock(hashtextextended('turn/' || what || '/' || who, 0));
  select count(*) into done from telemetry.sensitive_acts a where a.user_id = who and a.kind = what and a.at > hour_ago;
  if done >= most then
    return query
      select null::integer, 0, a.at + interval '1 hour' from telemetry.sensitive_acts a
       where a.user_id = who and a.kind = what and a.at > hour_ago order by a.at offset done - most limit 1;
    return;
  end if;
  insert into telemetry.sensitive_acts (user_id, kind, at) values (who, what, moment);
  return query
    select done + 1, count(*)::integer, null::timestamptz from telemetry.sensitive_acts a
     where a.user_id = who and a.kind = what and a.at > moment - interval '1 minute';
end $$;
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(create))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
drop function telemetry.take_turn(integer, text, integer, timestamptz);
drop table telemetry.sensitive_acts;
`),
  )
}
