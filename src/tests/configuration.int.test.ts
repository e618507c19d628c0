/**
 * What a charger is set to, from its own answer to the panel's table (A4), and the door for one that names no protocol
 * (QUIRKS 1): both by a real socket.
 */
import { WebSocket } from 'ws'

import { createCharger, type SimCharger } from '#ocpp/sim/charger'
import { createClock } from '#ocpp/sim/clock'
import { requestCommand } from '@/commands/request'
import { readChargerEvents } from '@/db/queries/chargerEvents'
import { readConfiguration } from '@/db/queries/chargerConfiguration'
import { pruneEvents } from '@/db/queries/readEvents'
import { withTransaction } from '@/db/tx'
import { startChargerSide, type RunningChargerSide } from './helpers/chargerSide'

let side: RunningChargerSide
let charger: SimCharger
let chargerId: number

beforeAll(async () => {
  side = await startChargerSide({ chargers: 3, prefix: 'CFG' })
  charger = createCharger({
    ...side.chargers[0]!,
    url: side.role.url,
    model: 'AC22',
    seed: 1,
    clock: createClock({ speed: 60 }),
    reconnectMs: 50,
  })
  charger.powerUp()
  await charger.whenOnline()
  const { rows } = await side.pool.query<{ id: number }>(
    'select id from chargers where identity = $1',
    [charger.identity],
  )
  chargerId = rows[0]!.id
})
afterAll(async () => {
  await charger?.end()
  await side?.close()
})

/** Asks and waits for the end. */
async function asked(action: string, payload: object): Promise<string> {
  const requested = await withTransaction(side.pool, (sql) =>
    requestCommand(sql, {
      asker: { kind: 'rule' },
      charger: charger.identity,
      action,
      payload,
      source: 'rule',
      actor: { name: 'test', role: null, ip: null, requestId: null },
      now: new Date(),
    }),
  )
  if (requested.kind !== 'queued') throw new Error(JSON.stringify(requested))
  for (let tries = 0; tries < 400; tries++) {
    const { rows } = await side.pool.query<{ status: string; is_final: boolean }>(
      'select status, is_final from commands where id = $1',
      [requested.id],
    )
    if (rows[0]!.is_final) return rows[0]!.status
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`command ${requested.id} has not ended`)
}

const stored = async () => (await readConfiguration(side.pool, chargerId, null))!
const valueOf = async (key: string) =>
  (await stored()).entries.find((entry) => entry.key === key)?.value

test('the settings a charger tells stand in the table when its command has ended', async () => {
  expect((await stored()).readAt).toBeNull()
  expect(await asked('GetConfiguration', {})).toBe('accepted')
  const { entries, readAt } = await stored()
  expect(readAt).not.toBeNull()
  expect(entries.length).toBeGreaterThan(5)
  expect(entries.find(({ key }) => key === 'NumberOfConnectors')?.readonly).toBe(true)
})

test('a changed setting is read back by itself, and the others stay', async () => {
  const before = (await stored()).entries.length
  expect(await asked('ChangeConfiguration', { key: 'HeartbeatInterval', value: '240' })).toBe(
    'accepted',
  )
  await asked('GetConfiguration', { key: ['HeartbeatInterval'] })
  expect(await valueOf('HeartbeatInterval')).toBe('240')
  expect((await stored()).entries).toHaveLength(before)
})

test('a key the charger does not name any more is gone when all were asked for', async () => {
  await side.pool.query(
    `insert into telemetry.charger_configuration (charger_id, key, value, read_at) values ($1, 'OldKey', '1', now())`,
    [chargerId],
  )
  await asked('GetConfiguration', { key: ['HeartbeatInterval'] })
  expect(await valueOf('OldKey')).toBe('1')
  await asked('GetConfiguration', {})
  expect(await valueOf('OldKey')).toBeUndefined()
})

test('the template of its make is found by itself, the more particular first', async () => {
  const { rows } = await side.pool.query<{ vendor: string; model: string }>(
    'select vendor, model from charger_states st join chargers ch on ch.state_id = st.id where ch.id = $1',
    [chargerId],
  )
  const { vendor, model } = rows[0]!
  await side.pool.query(
    `insert into configuration_templates (name, vendor, model) values ('of the vendor', $1, null), ('of the model', $1, $2), ('of another', 'Else', null)`,
    [vendor, model],
  )
  expect((await stored()).template?.name).toBe('of the model')
})

test('connections move to the charger’s log when the outbox is emptied, and are still told', async () => {
  const lines = () =>
    readChargerEvents(side.pool, chargerId, {
      group: 'connection',
      connectorId: null,
      before: null,
      limit: 50,
      seesDetails: true,
    })
  const before = await lines()
  expect(before.map(({ kind }) => kind)).toContain('charger.connected')
  await pruneEvents(side.pool, new Date(Date.now() + 60_000))
  expect(await lines()).toEqual(before)
})

test('QUIRKS 1 a charger that names no protocol is let in once somebody has ticked it', async () => {
  const { identity, password } = side.chargers[1]!
  const knock = () =>
    new Promise<'in' | 'out'>((resolve) => {
      const socket = new WebSocket(`${side.role.url}/${identity}`, {
        headers: {
          Authorization: `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`,
        },
      })
      const done = (how: 'in' | 'out') => {
        clearTimeout(timer)
        socket.terminate()
        resolve(how)
      }
      let timer: NodeJS.Timeout | undefined
      socket.on('error', () => done('out'))
      socket.on('close', () => done('out'))
      // a refusal of the protocol completes the handshake and closes at once (OCPP-J 1.6 §3.2)
      socket.on('open', () => {
        socket.send('[2,"1","Heartbeat",{}]')
        timer = setTimeout(() => done('out'), 3_000)
      })
      socket.on('message', () => done('in'))
    })
  expect(await knock()).toBe('out')
  await side.pool.query('update chargers set assumes_ocpp16 = true where identity = $1', [identity])
  expect(await knock()).toBe('in')
})
