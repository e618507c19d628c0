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

import { printError, printResult } from './frame'
import type { InboundCall } from './peer'

let wire: Wire

async function start(options: WireOptions = {}) {
  wire = await startWire(options)
  const socket = await wire.charger()
  await until(() => wire.registry.size === 1)
  return { socket, peer: wire.registry.get(1)! }
}

afterEach(() => wire.stop())

const heartbeat = (id: string) => `[2,"${id}","Heartbeat",{}]`
const status = (id: string, state = 'Available') =>
  `[2,"${id}","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"${state}"}]`
const start1 = '[2,"s1","StartTransaction",{"connectorId":1}]'

/** Answers that the test gives when it likes, in the order of the calls. */
function byHand() {
  const waiting: {
    call: InboundCall
    reply: (text: string | null) => void
    fail: (error: Error) => void
  }[] = []
  const onCall = (call: InboundCall) =>
    new Promise<string | null>((reply, fail) => waiting.push({ call, reply, fail }))
  return { waiting, onCall, ids: () => waiting.map(({ call }) => call.messageId) }
}

describe('calls of a charger', () => {
  test('are served one at a time and in order, and answered under their ids', async () => {
    const hand = byHand()
    const { socket } = await start({ onCall: hand.onCall })
    const replies: unknown[] = []
    socket.on('message', (data: Buffer) => replies.push(JSON.parse(data.toString())))
    for (const id of ['a', 'b', 'c']) socket.send(heartbeat(id))
    await until(() => hand.waiting.length === 1)
    await ask(socket, '[2,"x"]')
    expect(hand.ids()).toEqual(['a'])
    for (const [index, id] of ['a', 'b', 'c'].entries()) {
      await until(() => hand.waiting.length === index + 1)
      hand.waiting[index]!.reply(printResult(id, { n: index }))
    }
    await until(() => replies.length === 4)
    expect(replies.slice(1)).toEqual([
      [3, 'a', { n: 0 }],
      [3, 'b', { n: 1 }],
      [3, 'c', { n: 2 }],
    ])
  })

  test('beyond 32 waiting the socket is not read; afterwards it is, and nothing is lost', async () => {
    const hand = byHand()
    const { socket, peer } = await start({ onCall: hand.onCall })
    for (let n = 0; n < 100; n++) socket.send(status(`m${n}`))
    await until(() => peer.isPaused)
    socket.send(heartbeat('last'))
    for (let n = 0; n <= 100; n++) {
      await until(() => hand.waiting.length > n)
      hand.waiting[n]!.reply(printResult(hand.waiting[n]!.call.messageId, {}))
    }
    expect(hand.ids().slice(0, 3)).toEqual(['m0', 'm1', 'm2'])
    expect(hand.ids().at(-1)).toBe('last')
    expect(peer.isPaused).toBe(false)
  })

  test('the same id and text again gets the same answer, without being served again', async () => {
    let served = 0
    const { socket } = await start({
      onCall: (call) => Promise.resolve(printResult(call.messageId, { n: (served += 1) })),
    })
    expect(await ask(socket, start1)).toEqual([3, 's1', { n: 1 }])
    expect(await ask(socket, status('other'))).toEqual([3, 'other', { n: 2 }])
    expect(await ask(socket, start1)).toEqual([3, 's1', { n: 1 }])
    expect(wire.frames.map(({ kind, error }) => [kind, error])).toEqual([
      [2, 'repeated'],
      [3, null],
    ])
  })

  test('a reused id with another text is another call (QUIRKS 12), and so is an old one after 32 others', async () => {
    let served = 0
    const { socket } = await start({
      onCall: (call) => Promise.resolve(printResult(call.messageId, { n: (served += 1) })),
    })
    await ask(socket, status('1', 'Available'))
    expect(await ask(socket, status('1', 'Charging'))).toEqual([3, '1', { n: 2 }])
    expect(await ask(socket, status('1', 'Available'))).toEqual([3, '1', { n: 3 }])
    for (let n = 0; n < 32; n++) await ask(socket, status(`m${n}`))
    expect(await ask(socket, status('1', 'Available'))).toEqual([3, '1', { n: 36 }])
  })

  test('what depends on the moment is answered afresh: an old Heartbeat would set the clock back', async () => {
    let served = 0
    const { socket } = await start({
      onCall: (call) => Promise.resolve(printResult(call.messageId, { n: (served += 1) })),
    })
    await ask(socket, heartbeat('1'))
    expect(await ask(socket, heartbeat('1'))).toEqual([3, '1', { n: 2 }])
  })

  test('a refusal is not remembered: after the boot the same call is right', async () => {
    let isBooted = false
    const { socket } = await start({
      onCall: ({ messageId }) =>
        Promise.resolve(
          isBooted
            ? printResult(messageId, {})
            : printError(messageId, 'SecurityError', 'send BootNotification first'),
        ),
    })
    expect((await ask(socket, status('1')))[2]).toBe('SecurityError')
    isBooted = true
    expect(await ask(socket, status('1'))).toEqual([3, '1', {}])
  })

  test('a repeat while the first is being served joins its answer', async () => {
    const hand = byHand()
    const { socket } = await start({ onCall: hand.onCall })
    socket.send(start1)
    socket.send(start1)
    await until(() => wire.frames.length === 1)
    const reply = answer(socket)
    hand.waiting[0]!.reply(printResult('s1', {}))
    expect(await reply).toEqual([3, 's1', {}])
    socket.send(heartbeat('next'))
    await until(() => hand.waiting.length === 2)
    expect(hand.ids()).toEqual(['s1', 'next'])
  })

  test('another text under an id that is being served is a CALLERROR (OCPP-J 1.6 §4.2.3)', async () => {
    const hand = byHand()
    const { socket } = await start({ onCall: hand.onCall })
    socket.send(start1)
    expect((await ask(socket, heartbeat('s1'))).slice(0, 3)).toEqual([4, 's1', 'ProtocolError'])
    const reply = answer(socket)
    hand.waiting[0]!.reply(printResult('s1', {}))
    expect(await reply).toEqual([3, 's1', {}])
  })

  test('a fault of ours is InternalError to that call alone, and says nothing of its cause', async () => {
    const { socket } = await start({
      onCall: ({ messageId, action }) =>
        action === 'Heartbeat'
          ? Promise.reject(new Error('relation "secret" does not exist at /srv/x.ts'))
          : Promise.resolve(printResult(messageId, {})),
    })
    expect(await ask(socket, heartbeat('1'))).toEqual([
      4,
      '1',
      'InternalError',
      'the call could not be processed',
      {},
    ])
    expect(await ask(socket, status('2'))).toEqual([3, '2', {}])
    expect(wire.faults).toHaveLength(1)
  })

  test('a call that was read is served though its socket is gone', async () => {
    const hand = byHand()
    const { socket } = await start({ onCall: hand.onCall })
    for (const id of ['a', 'b']) socket.send(heartbeat(id))
    await until(() => hand.waiting.length === 1)
    socket.terminate()
    await until(() => wire.closes.length === 1)
    hand.waiting[0]!.reply(printResult('a', {}))
    await until(() => hand.waiting.length === 2)
    hand.waiting[1]!.reply(null)
    expect(hand.ids()).toEqual(['a', 'b'])
  })
})

describe('a charger in haste (SEC-13)', () => {
  test('that waits for answers is slowed down and loses nothing', async () => {
    const { socket } = await start({ limits: { callsBurst: 5, callsPerSecond: 100 } })
    const startedMs = performance.now()
    for (let n = 0; n < 15; n++) expect((await ask(socket, heartbeat(`${n}`)))[0]).toBe(3)
    expect(performance.now() - startedMs).toBeGreaterThan(80)
    expect(wire.metrics.counts.throttled).toBeGreaterThan(5)
  })

  test('that does not wait has calls refused, but never a report of facts', async () => {
    const { socket } = await start({ limits: { callsBurst: 5, callsPerSecond: 200 } })
    const replies: unknown[][] = []
    socket.on('message', (data: Buffer) => replies.push(JSON.parse(data.toString()) as unknown[]))
    for (let n = 0; n < 100; n++) {
      socket.send(status(`b${n}`))
      if (n % 10 === 0) socket.send(`[2,"t${n}","StopTransaction",{"transactionId":${n}}]`)
    }
    await until(() => replies.length === 110)
    const refused = replies.filter(([type]) => type === 4)
    expect(refused.length).toBeGreaterThan(50)
    expect(refused.every(([, , code]) => code === 'GenericError')).toBe(true)
    expect(wire.calls.filter(({ action }) => action === 'StopTransaction')).toHaveLength(10)
  })
})

describe('calls of ours', () => {
  test('go out one at a time, to the letter, and the answer finds its call', async () => {
    const { socket, peer } = await start()
    const sent: unknown[][] = []
    socket.on('message', (data: Buffer) => sent.push(JSON.parse(data.toString()) as unknown[]))
    const raw = once(socket, 'message')
    const first = peer.call('Reset', '{ "type":"Hard" }', 1000)
    const second = peer.call('ClearCache', '{}', 1000)
    const [text] = (await raw) as [Buffer]
    expect(text.toString()).toMatch(/^\[2,"[0-9a-f-]{36}","Reset",\{ "type":"Hard" \}\]$/)
    await ask(socket, heartbeat('mine'))
    expect(sent.map(([type]) => type)).toEqual([2, 3])
    socket.send(`[3,"${String(sent[0]![1])}",{"status":"Accepted"}]`)
    expect(await first).toMatchObject({ kind: 'result', payload: { status: 'Accepted' } })
    await until(() => sent.length === 3)
    socket.send(`[4,"${String(sent[2]![1])}","NotSupported","no",{}]`)
    expect(await second).toMatchObject({ kind: 'error', code: 'NotSupported', description: 'no' })
    expect(
      wire.frames.map(({ direction, kind, action, error }) => [direction, kind, action, error]),
    ).toEqual([
      [1, 2, 'Reset', null],
      [0, 3, 'Reset', null],
      [1, 2, 'ClearCache', null],
      [0, 4, 'ClearCache', null],
    ])
  })

  test('time out; the answer that comes after that is counted and settles nothing', async () => {
    const { socket, peer } = await start()
    const sent = answer(socket)
    const late = peer.call('ClearCache', '{}', 20)
    const [, id] = await sent
    expect(await late).toEqual({ kind: 'timeout' })
    const next = peer.call('ClearCache', '{}', 1000)
    const [, nextId] = await answer(socket)
    socket.send(`[3,"${String(id)}",{"status":"Rejected"}]`)
    socket.send(`[3,"${String(nextId)}",{"status":"Accepted"}]`)
    expect(await next).toMatchObject({ kind: 'result', payload: { status: 'Accepted' } })
    expect(wire.metrics.counts.strays).toBe(1)
  })

  test('end with the socket, also those that waited', async () => {
    const { socket, peer } = await start()
    const calls = [peer.call('ClearCache', '{}', 1000), peer.call('ClearCache', '{}', 1000)]
    socket.terminate()
    expect(await Promise.all(calls)).toEqual([{ kind: 'closed' }, { kind: 'closed' }])
    expect(await peer.call('ClearCache', '{}', 1000)).toEqual({ kind: 'closed' })
  })

  test('are not heaped up without end', async () => {
    const { peer } = await start({ limits: { outboundQueue: 2 } })
    for (let n = 0; n < 3; n++) void peer.call('ClearCache', '{}', 1000)
    expect(await peer.call('ClearCache', '{}', 1000)).toEqual({ kind: 'overflow' })
  })

  test('are not held up by calls of the charger, nor hold those up', async () => {
    const hand = byHand()
    const { socket, peer } = await start({ onCall: hand.onCall })
    socket.send(heartbeat('a'))
    await until(() => hand.waiting.length === 1)
    const sent = answer(socket)
    const call = peer.call('ClearCache', '{}', 1000)
    const [, id] = await sent
    socket.send(`[3,"${String(id)}",{"status":"Accepted"}]`)
    expect(await call).toMatchObject({ kind: 'result' })
  })
})

describe('answers to nothing (SEC-12)', () => {
  test('are ignored and counted, and end the connection after the limit', async () => {
    const { socket } = await start({ limits: { strays: 100 } })
    const end = closed(socket)
    for (let n = 0; n < 500; n++) socket.send(`[${3 + (n % 2)},"nobody${n}",{}]`)
    expect(await end).toBe(1008)
    expect(wire.metrics.counts.strays).toBe(101)
  })

  test('are forgiven one by one as calls are served', async () => {
    const { socket } = await start({ limits: { strays: 3 } })
    for (let n = 0; n < 20; n++) {
      socket.send(`[3,"nobody",{}]`)
      await ask(socket, heartbeat(`${n}`))
    }
    expect(socket.readyState).toBe(socket.OPEN)
  })
})

test('a charger that does not read is let go when a megabyte waits for it', async () => {
  const { socket, peer } = await start({ limits: { unsentBytes: 64 * 1024, outboundQueue: 1000 } })
  socket.pause()
  const gone = until(() => wire.closes.length === 1)
  const big = JSON.stringify({ vendorId: 'v', data: 'x'.repeat(500_000) })
  for (let n = 0; n < 40 && peer.isOpen; n++) {
    void peer.call('DataTransfer', big, 5)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect(peer.isOpen).toBe(false)
  expect(wire.metrics.counts.slow).toBe(1)
  socket.terminate()
  await gone
})
