import { createInbound, type Caller } from '#ocpp/inbound'
import { v16 } from '#ocpp/v16'
import { createWriter, type Recorders, type Writer } from '@/db/writer'
import { createRecorders } from '@/facts/index'
import { createWishes } from '@/facts/wishes'
import { testDatabase, type TestDatabase } from './helpers/db'

/** What the log of frames says of calls and their answers, whether they share a row or not (docs/adr/0025). */
let db: TestDatabase
let caller: Caller
const writers: Writer[] = []

beforeAll(async () => {
  db = await testDatabase()
  const { rows } = await db.pool.query<{ id: number }>(
    `with site as (
       insert into sites (name, address, latitude, longitude, timezone)
       values ('Leeds Dock', '1 Dock Street', 53.79, -1.53, 'Europe/London') returning id
     ), state as (insert into charger_states (status) values ('NeverConnected') returning id)
     insert into chargers (identity, name, site_id, state_id) select 'CP-1', 'CP-1', site.id, state.id from site, state returning id`,
  )
  caller = { chargerId: rows[0]!.id, connectionId: 1, version: v16, registration: 'Accepted' }
})

afterAll(async () => {
  for (const writer of writers) await writer.close()
  await db.close()
})

function inboundWith(replaced: Partial<Recorders> = {}) {
  const wishes = createWishes(Date.now)
  const writer = createWriter({
    connectionString: db.url,
    recorders: {
      ...createRecorders({ instance: 'test', live: new Map(), wishes }),
      ...replaced,
    } as Recorders,
    companion: { kind: 'frame', maxRows: 100 },
    now: () => new Date(),
  })
  writers.push(writer)
  const inbound = createInbound({ writer, now: () => new Date() })
  return async (messageId: string, action: string, payload: object) => {
    const text = JSON.stringify([2, messageId, action, payload])
    const answer = await inbound.serve(caller, {
      messageId,
      action,
      payload,
      text,
      receivedAt: new Date(),
    })
    await writer.drain()
    const { rows: frames } = await db.pool.query(
      `select direction, kind, payload, error, said_at >= at "inOrder" from telemetry.frame_log where message_id = $1
        order by direction`,
      [messageId],
    )
    const { rows } = await db.pool.query<{ n: number }>(
      'select count(*)::int n from telemetry.frames where message_id = $1',
      [messageId],
    )
    return { text, answer, frames, rows: rows[0]!.n }
  }
}

const status = { connectorId: 1, status: 'Available', errorCode: 'NoError' }

test.each([
  ['an answer that is certain shares the row of its call', 'StatusNotification', status, 1],
  ['an answer that depends on the moment has its own', 'Heartbeat', {}, 2],
  [
    'a stop with a card has its own, for the card is looked up',
    'StopTransaction',
    { transactionId: 9, idTag: 'CARD', meterStop: 1, timestamp: '2026-11-29T02:00:00Z' },
    2,
  ],
])('%s, and the log shows both frames', async (title, action, payload, rows) => {
  const said = await inboundWith()(title.slice(0, 36), action, payload)
  expect(said.frames).toEqual([
    { direction: 0, kind: 2, payload: said.text, error: null, inOrder: true },
    { direction: 1, kind: 3, payload: said.answer, error: null, inOrder: true },
  ])
  expect(said.rows).toBe(rows)
})

test('a fact that cannot be recorded is logged with the answer it got, not with the one it would have got', async () => {
  const say = inboundWith({ StatusReported: () => Promise.reject(new Error('poison')) })
  const said = await say('poison', 'StatusNotification', status)
  expect(JSON.parse(said.answer)).toEqual([4, 'poison', 'InternalError', expect.any(String), {}])
  expect(said.frames).toEqual([
    { direction: 0, kind: 2, payload: said.text, error: null, inOrder: true },
    { direction: 1, kind: 4, payload: said.answer, error: 'InternalError', inOrder: true },
  ])
})
