import type { Sql } from '../pool'

export type Tried = { key: string; tries: number; since: Date }

/**
 * `takeTries`: counts one more try under each key and tells the counts. Before the work and not after it, so that tries
 * at the same moment cannot overtake one another. A count older than its window begins again.
 */
export async function takeTries(
  sql: Sql,
  keys: readonly { key: string; withinSeconds: number }[],
): Promise<Tried[]> {
  const ordered = [...keys].sort((a, b) => (a.key < b.key ? -1 : 1))
  const { rows } = await sql.query<Tried>(
    `insert into telemetry.sign_in_tries as t (key, tries, since)
     select one.key, 1, now() from unnest($1::text[]) with ordinality as one (key, n) order by n
     on conflict (key) do update set
       tries = case when t.since <= now() - make_interval(secs => ($2::int[])[array_position($1::text[], t.key)]) then 1 else t.tries + 1 end,
       since = case when t.since <= now() - make_interval(secs => ($2::int[])[array_position($1::text[], t.key)]) then now() else t.since end
     returning key, tries, since`,
    [ordered.map(({ key }) => key), ordered.map(({ withinSeconds }) => withinSeconds)],
  )
  return rows
}

/** `giveBackTries`: a try that was none (it succeeded) counts no more; under `cleared` nothing counts any more. */
export async function giveBackTries(
  sql: Sql,
  tries: { counted: readonly string[]; cleared: readonly string[] },
): Promise<void> {
  await sql.query(
    `with gone as (delete from telemetry.sign_in_tries where key = any($2::text[]))
     update telemetry.sign_in_tries set tries = greatest(tries - 1, 0) where key = any($1::text[])`,
    [tries.counted, tries.cleared],
  )
}

/** `clearTriesOf`: an account can be tried again at once, from everywhere. */
export async function clearTriesOf(sql: Sql, keyPrefixes: readonly string[]): Promise<void> {
  await sql.query(
    `delete from telemetry.sign_in_tries where exists (select from unnest($1::text[]) p where starts_with(key, p))`,
    [keyPrefixes],
  )
}

/** `isAccount`: whether a user has this address; for keeping the time of an answer the same either way. */
export async function isAccount(sql: Sql, email: string): Promise<boolean> {
  const { rows } = await sql.query('select from users where email = $1', [email])
  return rows.length > 0
}
