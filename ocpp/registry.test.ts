import { once } from 'node:events'

import {
  answer,
  ask,
  closed,
  startWire,
  until,
  type Wire,
  type WireOptions,
} from '@/tests/helpers/wire'

import { printResult } from './rpc/frame'

let wire: Wire
const start = async (options: WireOptions = {}) => (wire = await startWire(options))
afterEach(() => wire.stop())

const heartbeat = (id: string) => `[2,"${id}","Heartbeat",{}]`

describe('two connections of one charger (SEC-10, QUIRKS 9)', () => {
  test('the newest wins, the older is ended, and its close takes nobody off line', async () => {
    await start()
    const older = await wire.charger('CP1')
    const end = closed(older)
    const newer = await wire.charger('cp1')
    await end
    await until(() => wire.closes.length === 1)
    expect(wire.closes[0]).toMatchObject({ wasLive: false })
    expect(wire.registry.size).toBe(1)
    expect(await ask(newer, heartbeat('1'))).toEqual([3, '1', {}])

    const call = wire.registry.get(1)!.call('ClearCache', '{}', 1000)
    const [, id] = await answer(newer)
    newer.send(`[3,"${String(id)}",{"status":"Accepted"}]`)
    expect(await call).toMatchObject({ kind: 'result' })

    newer.close()
    await until(() => wire.closes.length === 2)
    expect(wire.closes[1]).toMatchObject({ wasLive: true })
    expect(wire.registry.size).toBe(0)
  })

  test('a wrong password for its identity does not disturb the live one', async () => {
    await start({ chargers: { CP1: {}, CP2: { password: 'another password' } } })
    const live = await wire.charger('CP1')
    const intruder = await wire.tcp()
    const basic = Buffer.from('CP1:another password').toString('base64')
    intruder.write(
      `GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ocpp1.6\r\nAuthorization: Basic ${basic}\r\n\r\n`,
    )
    const [data] = (await once(intruder, 'data')) as [Buffer]
    expect(data.toString()).toMatch(/^HTTP\/1\.1 401 /)
    expect(await ask(live, heartbeat('1'))).toEqual([3, '1', {}])
  })

  /**
   * A hard reset sends StopTransaction milliseconds before its socket closes and is back milliseconds later: the stop
   * has to be served, and before the boot on the new socket.
   */
  test('what the older had sent is served first, in order', async () => {
    const served: string[] = []
    const replies: (() => void)[] = []
    await start({
      onCall: (call) =>
        new Promise((resolve) => {
          served.push(call.messageId)
          replies.push(() => resolve(printResult(call.messageId, {})))
        }),
    })
    const older = await wire.charger()
    older.send(heartbeat('old1'))
    older.send(heartbeat('old2'))
    await until(() => served.length === 1)
    const newer = await wire.charger()
    newer.send(heartbeat('new1'))
    await closed(older)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(served).toEqual(['old1'])
    replies[0]!()
    await until(() => served.length === 2)
    const reply = answer(newer)
    replies[1]!()
    await until(() => served.length === 3)
    replies[2]!()
    expect(await reply).toEqual([3, 'new1', {}])
    expect(served).toEqual(['old1', 'old2', 'new1'])
  })

  test('a call of ours on the older ends when the newer comes', async () => {
    await start()
    await wire.charger()
    await until(() => wire.registry.size === 1)
    const call = wire.registry.get(1)!.call('Reset', '{"type":"Hard"}', 5000)
    await wire.charger()
    expect(await call).toEqual({ kind: 'closed' })
  })

  test('alternating twenty times ends with one live connection that works', async () => {
    await start()
    const sockets = await Promise.all(Array.from({ length: 20 }, () => wire.charger()))
    await until(() => wire.closes.length === 19)
    expect(wire.registry.size).toBe(1)
    const open = sockets.filter((socket) => socket.readyState === socket.OPEN)
    expect(open).toHaveLength(1)
    expect(await ask(open[0]!, heartbeat('1'))).toEqual([3, '1', {}])
  })
})

describe('the sweep', () => {
  test('pings the silent, keeps those that answer and ends those that do not', async () => {
    await start()
    const alive = await wire.charger('CP1')
    const dead = await wire.charger('CP2')
    let pings = 0
    alive.on('ping', () => (pings += 1))
    dead.pause()
    wire.registry.startSweep()
    await until(() => wire.closes.length === 1)
    expect(wire.closes).toEqual([{ chargerId: 2, code: 1006, wasLive: true }])
    expect(wire.metrics.counts.dead).toBe(1)
    expect(pings).toBeGreaterThan(0)
    expect(alive.readyState).toBe(alive.OPEN)
  })

  test('a charger whose calls we are behind with is not taken for dead', async () => {
    const replies: (() => void)[] = []
    await start({
      onCall: ({ messageId }) =>
        new Promise((resolve) => replies.push(() => resolve(printResult(messageId, {})))),
    })
    const socket = await wire.charger()
    for (let n = 0; n < 60; n++) socket.send(heartbeat(`${n}`))
    await until(() => wire.registry.get(1)!.isPaused)
    wire.registry.startSweep()
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(wire.metrics.counts.dead).toBe(0)
    expect(socket.readyState).toBe(socket.OPEN)
  })
})

test('a graceful stop answers what it has and closes all with 1012', async () => {
  const replies: (() => void)[] = []
  await start({
    onCall: ({ messageId }) =>
      new Promise((resolve) => replies.push(() => resolve(printResult(messageId, {})))),
  })
  const busy = await wire.charger('CP1')
  const idle = await wire.charger('CP2')
  busy.send(heartbeat('1'))
  await until(() => replies.length === 1)
  const codes = Promise.all([closed(busy), closed(idle)])
  const reply = answer(busy)
  const done = wire.registry.closeAll({ code: 1012, reason: 'restarting', deadlineMs: 5000 })
  replies[0]!()
  expect(await reply).toEqual([3, '1', {}])
  expect(await codes).toEqual([1012, 1012])
  await done
  expect(wire.registry.size).toBe(0)
})
