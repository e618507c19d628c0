import { insertAudits, type AuditEntry } from '@/db/queries/insertAudit'
import { linkNewRows, verifyAudit } from '@/jobs/definitions/chainAudit'
import { testDatabase, type TestDatabase } from '../helpers/db'

/** SEC-46: nothing that was written is changed or taken away without being seen. */

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into users (name, email) values ('Ada', 'ada@example.test') returning id`,
  )
  const entry: AuditEntry = {
    at: new Date(),
    userId: rows[0]!.id,
    actor: 'Ada',
    role: 'super-admin',
    action: 'update',
    resource: 'sites',
    resourceId: '1',
    siteId: null,
    before: '{"name":"A"}',
    after: '{"name":"B"}',
    result: 'done',
    reason: null,
    ip: '192.0.2.1',
    requestId: 'r',
  }
  for (let i = 0; i < 10; i++)
    await insertAudits(
      database.pool,
      Array.from({ length: 1_000 }, (_, n) => ({ ...entry, resourceId: String(n) })),
    )
})
afterAll(() => database.close())

/** As somebody with the database in hand would, past the guard. */
const tamper = async (text: string) => {
  await database.pool.query(
    `alter table audit_log disable trigger user; ${text}; alter table audit_log enable trigger user`,
  )
}

test('10,000 rows are linked once, by two workers at the same moment, and verify', async () => {
  const [a, b] = await Promise.all([linkNewRows(database.pool), linkNewRows(database.pool)])
  await linkNewRows(database.pool)
  expect(a + b).toBeLessThanOrEqual(10_000)
  expect(await verifyAudit(database.pool)).toEqual({ rows: 10_000, broken: null })
  expect(await linkNewRows(database.pool)).toBe(0)
})

test.each([
  'delete from audit_log where id = 77',
  `update audit_log set actor = 'Eve' where id = 77`,
  `update audit_log set after = null where id = 77`,
  'truncate audit_log',
  'delete from telemetry.audit_chain where seq = 77',
  `update telemetry.audit_chain set hash = '' where seq = 77`,
])('refused by the database: %s', async (text) => {
  await expect(database.pool.query(text)).rejects.toThrow(/append only|cannot truncate/)
})

test('who did it may be deleted; the entry stays whole', async () => {
  await database.pool.query('delete from users')
  expect(await verifyAudit(database.pool)).toEqual({ rows: 10_000, broken: null })
})

test.each([
  [`update audit_log set after = '{"name":"C"}' where id = 5000`, 'it was changed'],
  [
    `update audit_log set user_id = (select id from users limit 1) where id = 4000`,
    'its user or site was changed',
  ],
  ['delete from audit_log where id = 3000', 'it was deleted'],
])('seen when the guard is passed by: %s', async (text, why) => {
  await database.pool.query(
    `insert into users (name, email) values ('Eve', 'eve@example.test') on conflict do nothing`,
  )
  await tamper(text)
  const { broken } = await verifyAudit(database.pool)
  expect(broken).toMatchObject({ why })
})
