import type { ConfigurationEntry } from '../../domain/configuration'
import { boolArray, int4Array, textArray, timestampArray } from '../arrays'
import type { Sql } from '../pool'
import type { Tx } from '../writer'

export type ReadConfiguration = {
  chargerId: number
  /** Every key was asked for: one that is not named any more is gone. */
  isWhole: boolean
  entries: readonly ConfigurationEntry[]
  unknownKeys: readonly string[]
  at: Date
}

/** Keeps what chargers answered to GetConfiguration. `reads` hold each charger once. */
export async function storeConfigurations(
  tx: Tx,
  reads: readonly ReadConfiguration[],
): Promise<void> {
  const rows = reads.flatMap(({ chargerId, entries, at }) =>
    entries.map((entry) => ({ ...entry, chargerId, at })),
  )
  const gone = reads.flatMap(({ chargerId, unknownKeys }) =>
    unknownKeys.map((key) => ({ chargerId, key })),
  )
  const whole = reads.filter((read) => read.isWhole).map((read) => read.chargerId)
  await tx.query(
    'configuration',
    `with input as (
       select * from unnest($1::int4[], $2::text[], $3::text[], $4::bool[], $5::timestamptz[]) i (charger_id, key, value, readonly, at)
     ), removed as (
       delete from telemetry.charger_configuration c
        where (c.charger_id = any($6::int4[])
               or (c.charger_id, c.key) in (select * from unnest($7::int4[], $8::text[])))
          and not exists (select from input i where i.charger_id = c.charger_id and i.key = c.key)
     )
     insert into telemetry.charger_configuration as c (charger_id, key, value, readonly, read_at)
     select i.charger_id, i.key, i.value, i.readonly, i.at from input i join chargers ch on ch.id = i.charger_id
     on conflict (charger_id, key) do update set value = excluded.value, readonly = excluded.readonly, read_at = excluded.read_at`,
    [
      int4Array(rows.map((row) => row.chargerId)),
      textArray(rows.map((row) => row.key)),
      textArray(rows.map((row) => row.value)),
      boolArray(rows.map((row) => row.readonly)),
      timestampArray(rows.map((row) => row.at.getTime())),
      int4Array(whole),
      int4Array(gone.map((row) => row.chargerId)),
      textArray(gone.map((row) => row.key)),
    ],
  )
}

export type ChargerConfiguration = {
  entries: ConfigurationEntry[]
  /** The newest reading of any key; null before the first. */
  readAt: string | null
  template: { id: number; name: string; entries: { key: string; value: string }[] } | null
  /** Templates that may be compared with instead. */
  templates: { id: number; name: string }[]
}

/**
 * `readConfiguration`: what was last read of a charger, and the template it should match: the one asked for, else its
 * own, else the one of its vendor and model, the more particular first. The caller has checked that it is in sight.
 */
export async function readConfiguration(
  sql: Sql,
  chargerId: number,
  templateId: number | null,
): Promise<ChargerConfiguration | null> {
  const { rows } = await sql.query<{ page: ChargerConfiguration }>(
    `with charger as (
       select ch.id, ch.configuration_template_id, st.vendor, st.model
         from chargers ch left join charger_states st on st.id = ch.state_id where ch.id = $1
     ), template as (
       select t.id, t.name from configuration_templates t, charger c
        where case when $2::int is not null then t.id = $2
                   when c.configuration_template_id is not null then t.id = c.configuration_template_id
                   else coalesce(nullif(t.vendor, ''), nullif(t.model, '')) is not null
                    and (coalesce(t.vendor, '') = '' or lower(t.vendor) = lower(c.vendor))
                    and (coalesce(t.model, '') = '' or lower(t.model) = lower(c.model)) end
        order by (coalesce(t.model, '') <> '') desc, t.id limit 1
     )
     select json_build_object(
       'entries', coalesce((select json_agg(json_build_object('key', key, 'value', value, 'readonly', readonly) order by key)
                    from telemetry.charger_configuration where charger_id = c.id), '[]'),
       'readAt', (select max(read_at) from telemetry.charger_configuration where charger_id = c.id),
       'template', (select json_build_object('id', t.id, 'name', t.name, 'entries', coalesce((
                      select json_agg(json_build_object('key', e.key, 'value', e.value) order by e._order)
                        from configuration_templates_entries e where e._parent_id = t.id), '[]')) from template t),
       'templates', coalesce((select json_agg(json_build_object('id', id, 'name', name) order by name)
                      from configuration_templates), '[]')) as page
       from charger c`,
    [chargerId, templateId],
  )
  return rows[0]?.page ?? null
}
