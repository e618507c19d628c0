import { sql } from '@payloadcms/db-postgres/drizzle'

import { sleep } from '@/platform/clock'

type Db = { execute(query: ReturnType<typeof sql.raw>): Promise<unknown> }
type Migration = { name: string; up(args: { db: Db }): Promise<void> }

/**
 * Whoever writes meanwhile waits behind a statement that waits for its lock: so long at most. Less than the second after
 * which Postgres looks for deadlocks, so that it is the migration that lets go.
 */
const lockWaitMs = 500
const triesMost = 60
/** lock_not_available, deadlock_detected. */
const passing = new Set(['55P03', '40P01'])

/**
 * `gently`: the same migrations, for a database that others are writing to (RELIABILITY FT-27). A migration that does not
 * get its locks soon, or gets into a deadlock, lets go of everything, waits a moment and begins
 * again, now with all locks first: between its statements nobody can get in its way.
 */
export const gently = <M>(migrations: readonly M[]): M[] =>
  (migrations as readonly (M & Migration)[]).map((migration) => ({
    ...migration,
    async up(args: { db: Db }) {
      const run = (text: string) => args.db.execute(sql.raw(text))
      await run(`set local lock_timeout = ${lockWaitMs}`)
      for (let attempt = 1; ; attempt++) {
        await run('savepoint gently')
        try {
          if (attempt > 1) await run(lockAll)
          await migration.up(args)
          return
        } catch (error) {
          if (attempt >= triesMost || !passing.has(codeOf(error))) throw error
          await run('rollback to savepoint gently')
          await sleep(50 + Math.random() * 200)
        }
      }
    },
  }))

/** Sessions first: what writes them waits for the tables they point to. */
const lockAll = `do $$
declare list text;
begin
  select string_agg(format('%I.%I', nspname, relname), ', ' order by relname <> 'sessions', relname) into list
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where relkind in ('r', 'p') and not relispartition and nspname in ('public', 'telemetry', 'app');
  execute 'lock table ' || list || ' in access exclusive mode';
end $$`

/** Drizzle wraps what the database said. */
const codeOf = (error: unknown): string => {
  const { code, cause } = error as { code?: string; cause?: unknown }
  return code ?? (cause ? codeOf(cause) : '')
}
