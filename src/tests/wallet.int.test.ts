/**
 * No money is created or lost: many hands at once on few wallets, connections cut in the middle, the same reason given
 * twice; afterwards the accounts, the postings and a book kept by the test agree.
 */
import pg from 'pg'

import { randomStream } from '#ocpp/sim/random'
import { testDatabase, type TestDatabase } from './helpers/db'
import { withTransaction } from '@/db/tx'
import {
  balances,
  captureHeld,
  holdMore,
  moneyOfStart,
  postEntry,
  releaseHeld,
} from '@/db/queries/app/wallet'

let database: TestDatabase
const drivers: number[] = []
const starts: { id: number; driverId: number }[] = []

beforeAll(async () => {
  database = await testDatabase()
  const { pool } = database
  const site = await one(
    `insert into sites (name, timezone) values ('S', 'Europe/London') returning id`,
  )
  for (let n = 0; n < 3; n++) {
    const driverId = await one(
      `insert into drivers (name, email) values ('D', 'd${n}@example.test') returning id`,
    )
    drivers.push(driverId)
    for (let m = 0; m < 4; m++)
      starts.push({
        driverId,
        id: await one(
          `insert into app.starts (driver_id, site_id, charger_id, connector_id, connector_number, id_tag)
           values (${driverId}, ${site}, 1, 1, 1, 'T${n}${m}') returning id`,
        ),
      })
  }
  async function one(text: string): Promise<number> {
    return (await pool.query<{ id: number }>(text)).rows[0]!.id
  }
})
afterAll(() => database?.close())

const topUp = (driverId: number, key: string, amountMinor: number) =>
  withTransaction(database.pool, (sql) =>
    postEntry(sql, {
      key,
      kind: 'top-up',
      driverId,
      currency: 'GBP',
      amountMinor,
      from: 'card',
      to: 'available',
    }),
  )

test('two thousand moves by many hands, some cut off: every penny is where the book says', async () => {
  const seed = Date.now() % 100_000
  const random = randomStream(seed, 'wallet')
  const wished = new Map<string, { driverId: number; amountMinor: number }>()
  const cutter = new pg.Client({ connectionString: database.pool.options.connectionString })
  await cutter.connect()
  const hand = async (n: number) => {
    for (let step = 0; step < 80; step++) {
      const start = starts[random.whole(0, starts.length - 1)]!
      const amountMinor = random.whole(1, 900)
      const of = {
        ...start,
        startId: start.id,
        currency: 'GBP',
        amountMinor,
        nth: n * 1_000 + step,
      }
      const what = random.whole(0, 4)
      if (what === 0) {
        const key = `top/${random.whole(0, 120)}`
        const wish = wished.get(key) ?? { driverId: start.driverId, amountMinor }
        wished.set(key, wish)
        await topUp(wish.driverId, key, wish.amountMinor).catch(() => {})
      } else
        await withTransaction(database.pool, async (sql) => {
          await sql.query('select from app.starts where id = $1 for update', [start.id])
          if (what <= 2) return holdMore(sql, of)
          const { heldMinor } = await moneyOfStart(sql, start.id)
          if (heldMinor === 0) return
          const part = Math.min(heldMinor, amountMinor)
          await (what === 3 ? captureHeld : releaseHeld)(sql, { ...of, amountMinor: part })
        }).catch(() => {})
      if (step % 20 === 19)
        await cutter.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' limit 1`,
        )
    }
  }
  await Promise.all(Array.from({ length: 6 }, (_, n) => hand(n)))
  await cutter.end()

  const { rows: wrong } = await database.pool.query(
    `select a.id, a.balance_minor, sum(coalesce(p.amount_minor, 0)) posted from app.accounts a left join app.postings p on p.account_id = a.id
      group by a.id having a.balance_minor <> sum(coalesce(p.amount_minor, 0)) or (a.driver_id is not null and a.balance_minor < 0)`,
  )
  expect({ seed, wrong }).toEqual({ seed, wrong: [] })
  const { rows: all } = await database.pool.query<{
    total: number
    topped: number
    entries: number
  }>(
    `select (select sum(balance_minor) from app.accounts)::int total, (select count(*) from app.entries)::int entries,
            (select sum(amount_minor) from app.entries where kind = 'top-up')::int topped`,
  )
  expect(all[0]!.total).toBe(0)
  expect(all[0]!.entries).toBeGreaterThan(100)
  // each start's own account of what is held adds up to what the drivers' accounts hold
  let held = 0
  for (const { id } of starts) held += (await moneyOfStart(database.pool, id)).heldMinor
  let accounts = 0
  for (const driverId of drivers)
    accounts += (await balances(database.pool, driverId, 'GBP')).heldMinor
  expect(held).toBe(accounts)
  // a top-up that came again is one top-up
  const { rows: twice } = await database.pool.query(
    'select key from app.entries group by key having count(*) > 1',
  )
  expect(twice).toEqual([])
}, 120_000)

test('a wallet is never spent twice: forty holds at once of what is enough for ten', async () => {
  const [driverId] = drivers
  const { availableMinor } = await balances(database.pool, driverId!, 'GBP')
  await topUp(driverId!, 'exact', 1_000 - (availableMinor % 100))
  const start = starts.find((one) => one.driverId === driverId)!
  const enoughFor = Math.floor(
    (await balances(database.pool, driverId!, 'GBP')).availableMinor / 100,
  )
  const answers = await Promise.all(
    Array.from({ length: enoughFor + 30 }, (_, n) =>
      withTransaction(database.pool, (sql) =>
        holdMore(sql, {
          driverId: driverId!,
          startId: start.id,
          currency: 'GBP',
          amountMinor: 100,
          nth: 1e6 + n,
        }),
      ),
    ),
  )
  expect(answers.filter((answer) => answer === 'posted')).toHaveLength(enoughFor)
  expect((await balances(database.pool, driverId!, 'GBP')).availableMinor).toBeLessThan(100)
})

test('what was posted stays, and an entry that does not balance is refused by the database itself', async () => {
  const { pool } = database
  await expect(pool.query('update app.postings set amount_minor = 1')).rejects.toThrow(/stays/)
  await expect(pool.query('delete from app.entries')).rejects.toThrow(/stays/)
  await expect(
    pool.query(
      `with e as (insert into app.entries (key, kind, driver_id, currency, amount_minor) values ('bad', 'top-up', $1, 'GBP', 5) returning id)
       insert into app.postings select e.id, a.id, 5 from e, (select id from app.accounts limit 1) a`,
      [drivers[0]],
    ),
  ).rejects.toThrow(/sum to zero/)
})
