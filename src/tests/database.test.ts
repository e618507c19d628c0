import { testDatabase } from './helpers/db'

test('two clones of the template share their tables and not their rows', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()])
  await one.pool.query(`insert into organisations (name, kind) values ('CITA', 'operator')`)
  const { rows } = await other.pool.query('select count(*) from organisations')
  expect(rows).toEqual([{ count: 0 }])
  await Promise.all([one.close(), other.close()])
})
