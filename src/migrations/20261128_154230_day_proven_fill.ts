import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/** What the sessions so far prove: when energy last flowed at each charger. From here on the job `proveChargers` goes on. */
const fill = `
update charger_states st set last_proven_at = proven.at
  from (select charger_id, max(least(coalesce(stopped_at, last_sample_at, started_at), now())) as at
          from sessions where energy_wh > 0 group by charger_id) proven
  join chargers ch on ch.id = proven.charger_id
 where st.id = ch.state_id;
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(fill))
}

/** Nothing to undo: the column goes with the migration before. */
export async function down(_: MigrateDownArgs): Promise<void> {}
