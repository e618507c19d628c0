import pg from 'pg'

import { StartProblem } from './problem'

/**
 * One look at the database: is there anything for the migrating child to do? Booting Payload to find that out costs
 * four seconds, this a few milliseconds. A database of a newer version is not touched.
 */
export async function needsMigrating(databaseUrl: string, known: string[]): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    const tables = await client.query<{ ready: boolean }>(
      `select to_regclass('public.payload_migrations') is not null and to_regclass('public.grants') is not null as ready`,
    )
    if (!tables.rows[0]?.ready) return true
    const { rows } = await client.query<{ applied: string[]; has_admin: boolean }>(
      `select array(select name from payload_migrations where batch >= 0) as applied,
              exists (select from grants where role = 'super-admin') as has_admin`,
    )
    const applied = rows[0]?.applied ?? []
    const newer = applied.filter((name) => !known.includes(name))
    if (newer.length > 0) {
      throw new StartProblem(
        `The database was brought forward by a newer version of this product (${newer.join(', ')}). Start that version, or ` +
          'give this one its own database (CPMS_DATA_DIR or DATABASE_URL). Nothing was changed.',
      )
    }
    return !rows[0]?.has_admin || known.some((name) => !applied.includes(name))
  } finally {
    await client.end()
  }
}
