import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/** What prices, corrections and budgets need besides their collections. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(
    sql.raw(`
-- Only what still waits for its price: a session that waits for a person is not looked at every five seconds.
drop index sessions_unpriced, sessions_price_group_idx;
create index sessions_unpriced on sessions (id) where stopped_at is not null and priced_at is null and status = 'ended';
create index sessions_price_group_idx on sessions (price_group_id, started_at desc) where price_group_id is not null;

-- What a session comes to in the end: what the chargers and the ledger say, and what was corrected. One row per session,
-- no join: a list may use it as it uses sessions. final_minor is null where the price is not known.
create view telemetry.session_totals as
  select s.id session_id, s.charger_id, s.site_id, s.started_at, s.stopped_at, s.status, s.currency,
         s.energy_wh + coalesce(s.correction_wh, 0) final_wh,
         s.cost_minor + coalesce(s.correction_minor, 0) final_minor,
         s.tax_minor + coalesce(s.correction_tax_minor, 0) final_tax_minor,
         s.priced_at is not null is_final
    from sessions s;

-- Append only, whoever asks: what is forgotten here is the name of a deleted user, nothing else.
create function telemetry.keep_corrections() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'A correction stays on record; make another one that takes it back.';
  end if;
  if (new.session_id, new.kind, new.amount_minor, new.tax_minor, new.energy_wh, new.currency, new.reason, new.counts_at,
      new.created_at) is distinct from
     (old.session_id, old.kind, old.amount_minor, old.tax_minor, old.energy_wh, old.currency, old.reason, old.counts_at,
      old.created_at) then
    raise exception 'A correction cannot be changed; make another one that takes it back.';
  end if;
  return new;
end $$;
create trigger corrections_stay before update or delete on corrections
  for each row execute function telemetry.keep_corrections();
alter table corrections add constraint corrections_have_reasons check (length(trim(reason)) > 0);

-- How much of a budget is used in the period that began then; what was told and done about it.
create table telemetry.budget_states (
  budget_id integer not null references budgets (id) on delete cascade,
  period_start timestamptz not null,
  period_end timestamptz not null,
  used bigint not null,
  counted_at timestamptz not null,
  warned_at timestamptz,
  spent_at timestamptz,
  primary key (budget_id, period_start)
);
-- Whose budget is used up, until when: what a card is asked about at every tap.
create table telemetry.spent_budgets (
  holder text not null,
  holder_id integer not null,
  budget_id integer not null references budgets (id) on delete cascade,
  until timestamptz not null,
  primary key (holder, holder_id, budget_id)
);
`),
  )
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(
    sql.raw(`
drop table telemetry.spent_budgets, telemetry.budget_states;
alter table corrections drop constraint corrections_have_reasons;
drop trigger corrections_stay on corrections;
drop function telemetry.keep_corrections();
drop view telemetry.session_totals;
drop index sessions_price_group_idx, sessions_unpriced;
create index sessions_price_group_idx on sessions (price_group_id);
create index sessions_unpriced on sessions (id) where stopped_at is not null and priced_at is null;
`),
  )
}
