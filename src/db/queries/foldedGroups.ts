import type { Sql } from '../pool'

type Preference = { groups?: Record<string, { open?: boolean }> }

/** `readFoldedGroups`: the groups of the menu that this person has folded; Payload's menu keeps them as a preference. */
export async function readFoldedGroups(sql: Sql, userId: number): Promise<string[]> {
  const { rows } = await sql.query<{ value: Preference | null }>(
    `select p.value from payload_preferences p join payload_preferences_rels r on r.parent_id = p.id
      where p.key = 'nav' and r.path = 'user' and r.users_id = $1 order by p.updated_at desc limit 1`,
    [userId],
  )
  const groups = rows[0]?.value?.groups ?? {}
  return Object.keys(groups).filter((label) => groups[label]?.open === false)
}
