import { rescueAdmin } from '@/db/queries/rescueAdmin'
import { withTransaction } from '@/db/tx'
import { testDatabase, type TestDatabase } from './helpers/db'

/** Whoever has the machine gets the panel back, whatever stands in the way. */

let database: TestDatabase
beforeAll(async () => (database = await testDatabase()))
afterAll(() => database.close())

const one = async <T extends object>(text: string, values: unknown[] = []) =>
  (await database.pool.query<T>(text, values)).rows[0]

const rescue = (email: string, token: string) =>
  withTransaction(database.pool, (sql) =>
    rescueAdmin(sql, {
      email,
      token,
      until: new Date(Date.now() + 3_600_000),
      tryKeys: ['of:them'],
      now: new Date(),
    }),
  )

test('a suspended, locked, demoted person without her phone is a Super Admin with a link again', async () => {
  const { id } = (await one<{ id: number }>(
    `insert into users (name, email, hash, salt) values ('Ada', 'ada@example.test', 'h', 's') returning id`,
  ))!
  await database.pool.query(
    `insert into telemetry.suspensions (user_id) values (${id});
     insert into telemetry.second_factors (user_id, secret, confirmed_at) values (${id}, 'x', now());
     insert into telemetry.sign_in_tries (key, tries, since) values ('of:them:192.0.2.1', 9, now());
     insert into users_sessions (_order, _parent_id, id, created_at, expires_at) values (1, ${id}, 'old', now(), now() + interval '1 hour');
     insert into grants (user_id, role, scope) values (${id}, 'technician', 'all')`,
  )
  expect(await rescue('ada@example.test', 'first')).toEqual({ userId: id, isNew: false })
  expect(await rescue('ada@example.test', 'second')).toEqual({ userId: id, isNew: false })
  expect(
    await one(
      `select (select count(*)::int from telemetry.suspensions where user_id = $1) suspensions,
              (select count(*)::int from telemetry.second_factors where user_id = $1) factors,
              (select count(*)::int from telemetry.sign_in_tries) tries,
              (select count(*)::int from users_sessions where _parent_id = $1) logins,
              (select count(*)::int from grants where user_id = $1 and role = 'super-admin') grants,
              (select reset_password_token from users where id = $1) token,
              (select count(*)::int from audit_log where action = 'rescue-admin') audited`,
      [id],
    ),
  ).toEqual({
    suspensions: 0,
    factors: 0,
    tries: 0,
    logins: 0,
    grants: 1,
    token: 'second',
    audited: 2,
  })
})

test('an address that nobody has becomes a user', async () => {
  const { isNew } = await rescue('grace@example.test', 'token')
  expect(isNew).toBe(true)
})
