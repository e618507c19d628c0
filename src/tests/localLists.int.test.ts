/** The card list inside a charger, kept in step by the worker; with a charger that decides by it when the line is down. */
import { withTransaction } from '@/db/tx'
import { keepLocalListsAt } from '@/jobs/definitions/keepLocalLists'
import { startChargerSide, type RunningChargerSide } from './helpers/chargerSide'
import { byRule, car, connectCharger, wish, workUntil } from './helpers/onCharger'
import { requestCommand } from '@/commands/request'

type Charger = Awaited<ReturnType<typeof connectCharger>>

let side: RunningChargerSide
let charger: Charger
let next = 0
const log = { info: () => {}, warn: () => {} }

beforeAll(async () => {
  side = await startChargerSide({ chargers: 10, prefix: 'LST' })
  await side.pool.query('update rfid_cards set site_id = (select min(id) from sites)')
})
afterAll(() => side?.close())
afterEach(() => charger.end())

const keep = () => keepLocalListsAt({ pool: side.pool, now: () => new Date(), log: log as never })
const setting = (localList: 'on' | 'off' | 'site') =>
  side.pool.query('update chargers set local_list = $2 where id = $1', [charger.id, localList])
const asked = async () =>
  (
    await side.pool.query<{ action: string; payload: string; status: string }>(
      `select action, payload, status from commands where charger_id = $1 and source = 'rule' order by id`,
      [charger.id],
    )
  ).rows
const held = async () =>
  (
    await side.pool.query<{ version: number | null; entries: Record<string, { status: string }> }>(
      'select version, entries from telemetry.local_lists where charger_id = $1',
      [charger.id],
    )
  ).rows[0]
const block = (uid: string) =>
  side.pool.query(
    `update rfid_cards set status = 'blocked', updated_at = now() where uid = upper($1)`,
    [uid],
  )

test('a blocked card is refused at the next tap although the charger is offline and had it cached', async () => {
  charger = await connectCharger(side, next++)
  const connector = charger.connectors[0]!
  // it is in the cache: Accepted
  await connector.plugIn(car)
  expect(await connector.presentCard(charger.idTag)).toBe('started')
  await connector.presentCard(charger.idTag)
  await connector.unplug()
  await setting('on')
  await workUntil(keep, held, (list) => list?.entries[charger.idTag]?.status === 'Accepted')
  await block(charger.idTag)
  await workUntil(keep, held, (list) => list?.entries[charger.idTag]?.status === 'Blocked')
  charger.goOffline()
  await connector.plugIn(car)
  expect(await connector.presentCard(charger.idTag)).toBe('refused')
  const actions = (await asked()).map((command) => command.action)
  expect(actions).toEqual(['GetLocalListVersion', 'SendLocalList', 'SendLocalList'])
  expect((await asked()).at(-1)?.payload).toContain('"updateType":"Differential"')
})

test('the negative control: without the setting the same card charges on, and nothing unasked is sent', async () => {
  charger = await connectCharger(side, next++)
  const connector = charger.connectors[0]!
  await connector.plugIn(car)
  expect(await connector.presentCard(charger.idTag)).toBe('started')
  await connector.presentCard(charger.idTag)
  await connector.unplug()
  await keep()
  await block(charger.idTag)
  await keep()
  charger.goOffline()
  await connector.plugIn(car)
  expect(await connector.presentCard(charger.idTag)).toBe('started')
  expect(await asked()).toEqual([])
})

test('the setting of the site counts where the charger has none, and the charger’s own before it', async () => {
  charger = await connectCharger(side, next++)
  await side.pool.query('update sites set keep_local_lists = true')
  await setting('off')
  await keep()
  expect(await held()).toBeUndefined()
  await setting('site')
  await workUntil(keep, held, (list) => list?.version === 1)
  await side.pool.query('update sites set keep_local_lists = false')
})

test('a list that is longer than a message goes in parts, and a list that was changed behind our back is sent anew', async () => {
  charger = await connectCharger(side, next++)
  await side.pool.query(
    `insert into telemetry.charger_configuration (charger_id, key, value, readonly, read_at)
     values ($1, 'SendLocalListMaxLength', '4', true, now())`,
    [charger.id],
  )
  await setting('on')
  const all = (await side.pool.query('select from rfid_cards')).rowCount
  await workUntil(keep, held, (list) => Object.keys(list?.entries ?? {}).length === all)
  const sizes = (await asked())
    .filter((command) => command.action === 'SendLocalList')
    .map(
      (command) =>
        (JSON.parse(command.payload) as { localAuthorizationList: unknown[] })
          .localAuthorizationList.length,
    )
  expect(sizes).toEqual([4, 4, 2])
  await withTransaction(side.pool, (sql) =>
    requestCommand(sql, {
      ...byRule,
      charger: charger.id,
      action: 'SendLocalList',
      payload: { listVersion: 99, updateType: 'Full' },
      now: new Date(),
    }),
  )
  await side.pool.query('update telemetry.local_lists set asked_at = null where charger_id = $1', [
    charger.id,
  ])
  await workUntil(
    keep,
    async () => (await asked()).filter((command) => command.payload.includes('"Full"')).length,
    (times) => times === 3,
  )
})

test('a charger without a list is asked once, and its cache is cleared when a card has gone bad', async () => {
  charger = await connectCharger(side, next++, { isCoreOnly: true })
  await setting('on')
  await workUntil(keep, asked, (commands) =>
    commands.some(({ action, status }) => action === 'ClearCache' && status === 'accepted'),
  )
  await keep()
  const before = (await asked()).length
  await keep()
  await keep()
  expect((await asked()).map(({ action }) => action)).toEqual(['GetLocalListVersion', 'ClearCache'])
  await block(charger.idTag)
  await workUntil(keep, asked, (commands) => commands.length === before + 1)
  expect((await asked()).at(-1)?.action).toBe('ClearCache')
  expect(await wish(side, charger.id, 'GetLocalListVersion', {})).toBeGreaterThan(0)
})
