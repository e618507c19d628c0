import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * What a login is beside Payload's row of the user: tries, second factors, where people are signed in, suspensions; the
 * guard that a login in flight (which writes the whole user back) undoes no new password, address, link or logout; and
 * the chain over the audit log.
 */
const create = `
create table telemetry.sign_in_tries (
  key text primary key,
  tries integer not null,
  since timestamptz not null
);
create index sign_in_tries_since on telemetry.sign_in_tries (since);

create table telemetry.second_factors (
  user_id integer primary key references users (id) on delete cascade,
  secret text not null,
  made_at timestamptz not null default now(),
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  wrong_codes integer not null default 0,
  wrong_since timestamptz
);
create table telemetry.recovery_codes (
  user_id integer not null references users (id) on delete cascade,
  hash text not null,
  used_at timestamptz,
  primary key (user_id, hash)
);
create table telemetry.suspensions (
  user_id integer primary key references users (id) on delete cascade,
  by_id integer references users (id) on delete set null,
  at timestamptz not null default now()
);
create table telemetry.logins (
  session_id text primary key,
  user_id integer not null references users (id) on delete cascade,
  began_at timestamptz not null default now(),
  ip text,
  agent text,
  proved_at timestamptz,
  views_as integer references users (id) on delete set null
);
create index logins_user on telemetry.logins (user_id);
create table telemetry.ended_logins (
  session_id text primary key,
  at timestamptz not null default now()
);
create index ended_logins_at on telemetry.ended_logins (at);

create function telemetry.may_act(asked integer, role text) returns boolean language sql stable as $$
  select not exists (select from telemetry.suspensions where user_id = asked)
     and (not exists (select from settings_second_factor_roles r where r.value::text = role)
          or exists (select from telemetry.second_factors where user_id = asked and confirmed_at is not null))
$$;

create function telemetry.keep_credentials() returns trigger language plpgsql as $$
declare
  meant text := coalesce(current_setting('cpms.credentials', true), '');
begin
  if position('password' in meant) = 0 then
    new.hash := old.hash;
    new.salt := old.salt;
  end if;
  if position('email' in meant) = 0 then
    new.email := old.email;
  end if;
  if position('link' in meant) = 0 then
    new.reset_password_token := old.reset_password_token;
    new.reset_password_expiration := old.reset_password_expiration;
  end if;
  return new;
end $$;
create trigger keep_credentials before update on users
  for each row execute function telemetry.keep_credentials();

create function telemetry.keep_ended() returns trigger language plpgsql as $$
begin
  if exists (select from telemetry.ended_logins where session_id = new.id) then
    return null;
  end if;
  return new;
end $$;
create trigger keep_ended before insert on users_sessions
  for each row execute function telemetry.keep_ended();

create table telemetry.audit_chain (
  seq bigint primary key,
  audit_id integer not null unique,
  user_id integer,
  site_id integer,
  hash bytea not null
);
create function telemetry.audit_row(entry audit_log, of_user integer, of_site integer) returns text language sql stable as $$
  select jsonb_build_array(entry.id, extract(epoch from entry.at)::numeric(20, 3), of_user, of_site, entry.actor, entry.role,
                           entry.action, entry.resource, entry.resource_id, entry.before, entry.after, entry.result,
                           entry.reason, entry.ip, entry.request_id)::text
$$;
create function telemetry.append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'audit_log' then
    if (new.user_id is null or new.user_id = old.user_id) and (new.site_id is null or new.site_id = old.site_id)
       and telemetry.audit_row(new, 0, 0) = telemetry.audit_row(old, 0, 0) then
      return new;
    end if;
  end if;
  raise exception 'the audit log is append only' using errcode = '42501';
end $$;
create trigger append_only before update or delete on audit_log
  for each row execute function telemetry.append_only();
create trigger append_only_all before truncate on audit_log
  for each statement execute function telemetry.append_only();
create trigger append_only before update or delete on telemetry.audit_chain
  for each row execute function telemetry.append_only();
create trigger append_only_all before truncate on telemetry.audit_chain
  for each statement execute function telemetry.append_only();
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(create))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
drop trigger append_only on audit_log;
drop trigger append_only_all on audit_log;
drop table telemetry.audit_chain;
drop function telemetry.append_only();
drop function telemetry.audit_row(audit_log, integer, integer);
drop trigger keep_ended on users_sessions;
drop trigger keep_credentials on users;
drop function telemetry.keep_ended();
drop function telemetry.keep_credentials();
drop function telemetry.may_act(integer, text);
drop table telemetry.ended_logins, telemetry.logins, telemetry.suspensions, telemetry.recovery_codes,
           telemetry.second_factors, telemetry.sign_in_tries;
`),
  )
}
