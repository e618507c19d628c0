/**
 * What must not hurt: hostile and broken frames on one connection, by SEC-08, while another charger goes on charging.
 */
import { once } from 'node:events'
import { connect } from 'node:net'

import {
  ask,
  authorization,
  closed,
  serveWithoutStore,
  startWire,
  type Wire,
} from '@/tests/helpers/wire'

let wire: Wire

beforeEach(async () => {
  wire = await startWire({ onCall: serveWithoutStore, limits: { strays: 1000, callsBurst: 1e6 } })
})
afterEach(() => wire.stop())

const isAlive = async () => {
  const other = await wire.charger('CP2')
  expect((await ask(other, '[2,"1","Heartbeat",{}]')).slice(0, 2)).toEqual([3, '1'])
  expect(wire.faults).toEqual([])
}

/** A frame written by hand, masked with zeros. */
function bytes(opcode: number, payload: Buffer, isLast = true): Buffer {
  const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65536 ? 4 : 10)
  head[0] = (isLast ? 0x80 : 0) | opcode
  if (payload.length < 126) head[1] = 0x80 | payload.length
  else if (payload.length < 65536) {
    head[1] = 0x80 | 126
    head.writeUInt16BE(payload.length, 2)
  } else {
    head[1] = 0x80 | 127
    head.writeBigUInt64BE(BigInt(payload.length), 2)
  }
  return Buffer.concat([head, Buffer.alloc(4), payload])
}

/** A WebSocket of bare TCP, upgraded. */
async function bare(extra = '') {
  const socket = connect({ port: wire.port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(
    `GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ocpp1.6\r\nAuthorization: ${authorization('CP1').Authorization}\r\n${extra}\r\n`,
  )
  const [head] = (await once(socket, 'data')) as [Buffer]
  return { socket, head: head.toString() }
}

/** The close code in the first close frame that comes. */
async function closeCode(socket: ReturnType<typeof connect>): Promise<number> {
  let received = Buffer.alloc(0)
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk as Buffer])
    const at = received.indexOf(0x88)
    if (at >= 0 && received.length >= at + 4) return received.readUInt16BE(at + 2)
  }
  return 0
}

describe('frames of the wrong sort end the connection with their code', () => {
  test('more than a megabyte: 1009', async () => {
    const socket = await wire.charger()
    const end = closed(socket)
    socket.send(`[2,"1","DataTransfer",{"vendorId":"v","data":"${'x'.repeat(1024 * 1024)}"}]`)
    expect(await end).toBe(1009)
    await isAlive()
  })

  test('just under a megabyte is served', async () => {
    const socket = await wire.charger()
    const frame = `[2,"1","DataTransfer",{"vendorId":"v","data":"${'x'.repeat(1024 * 1024 - 100)}"}]`
    expect(await ask(socket, frame)).toEqual([3, '1', { status: 'Accepted' }])
  })

  test('binary: 1003', async () => {
    const socket = await wire.charger()
    const end = closed(socket)
    socket.send(Buffer.from('[2,"1","Heartbeat",{}]'))
    expect(await end).toBe(1003)
    expect(wire.calls).toEqual([])
    await isAlive()
  })

  test('invalid UTF-8: 1007', async () => {
    const { socket } = await bare()
    socket.write(bytes(1, Buffer.from([0x5b, 0xff, 0xfe, 0x5d])))
    expect(await closeCode(socket)).toBe(1007)
    await isAlive()
  })

  test.each([
    ['a reserved bit', Buffer.from([0xf1, 0x80, 0, 0, 0, 0])],
    ['an unknown opcode', Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
    ['no mask', Buffer.from([0x81, 0x02, 0x5b, 0x5d])],
    ['a continuation of nothing', Buffer.from([0x80, 0x80, 0, 0, 0, 0])],
    ['a long ping', Buffer.from([0x89, 0xfe, 0x01, 0x00])],
    ['a close of one byte', Buffer.from([0x88, 0x81, 0, 0, 0, 0, 0])],
  ])('%s: 1002', async (_what, frame) => {
    const { socket } = await bare()
    socket.write(frame)
    expect(await closeCode(socket)).toBe(1002)
    await isAlive()
  })

  test('200,000 fragments of a byte: 1008', async () => {
    const { socket } = await bare()
    const fragment = bytes(0, Buffer.from(' '), false)
    socket.write(bytes(1, Buffer.from('['), false))
    socket.write(Buffer.concat(Array.from({ length: 200_000 }, () => fragment)))
    expect(await closeCode(socket)).toBe(1008)
    await isAlive()
  })

  test('compression is not agreed on, so there is no bomb', async () => {
    const { socket, head } = await bare('Sec-WebSocket-Extensions: permessage-deflate\r\n')
    expect(head).not.toMatch(/extensions/i)
    socket.write(Buffer.from([0xc1, 0x80, 0, 0, 0, 0]))
    expect(await closeCode(socket)).toBe(1002)
    await isAlive()
  })
})

describe('text that is no call', () => {
  test.each([
    '',
    ' ',
    'hello',
    '{}',
    'null',
    '[]',
    '[2]',
    '[2,5,"Heartbeat",{}]',
    '[[[[',
    '\u0000',
  ])('%j is kept and not answered; the next call is', async (text) => {
    const socket = await wire.charger()
    socket.send(text)
    expect((await ask(socket, '[2,"next","Heartbeat",{}]')).slice(0, 2)).toEqual([3, 'next'])
    expect(wire.frames).toMatchObject([{ direction: 0, kind: 0, text }])
    expect(wire.metrics.counts.unreadable).toBe(1)
  })

  test.each([
    ['[2,"1"]', 'FormationViolation'],
    ['[2,"1","Heartbeat"]', 'FormationViolation'],
    ['[2,"1","Heartbeat",{},1]', 'FormationViolation'],
    ['[1,"1","Heartbeat",{}]', 'FormationViolation'],
    ['[2,"1","Heartbeat",{"a":', 'FormationViolation'],
    ['[2,"1","Heartbeat",[]]', 'FormationViolation'],
    ['[2,"1","Heartbeat","x"]', 'FormationViolation'],
    ['[2,"1","Heartbeat",{"constructor":{}}]', 'FormationViolation'],
    ['[2,"1","Heartbeat",{"__proto__":{"a":1}}]', 'FormationViolation'],
    ['[2,"1","FlyAway",{}]', 'NotImplemented'],
    ['[2,"1","__proto__",{}]', 'NotImplemented'],
    ['[2,"1","toString",{}]', 'NotImplemented'],
    ['[2,"1","Reset",{"type":"Hard"}]', 'NotSupported'],
    ['[2,"1","Authorize",{}]', 'OccurenceConstraintViolation'],
    ['[2,"1","Authorize",{"idTag":5}]', 'TypeConstraintViolation'],
    [`[2,"1","Authorize",{"idTag":"${'x'.repeat(21)}"}]`, 'PropertyConstraintViolation'],
    ['[2,"1","Authorize",{"idTag":"a","more":1}]', 'FormationViolation'],
    [
      '[2,"1","StatusNotification",{"connectorId":1,"errorCode":"Bad","status":"Available"}]',
      'PropertyConstraintViolation',
    ],
  ])('%s is %s, and says nothing of us', async (text, code) => {
    const socket = await wire.charger()
    const reply = await ask(socket, text)
    expect(reply.slice(0, 3)).toEqual([4, '1', code])
    expect(reply[3]).not.toMatch(/[/\\]|\.ts|node|ajv|schema|\bat\b|select/i)
    expect(reply[4]).toEqual({})
    expect(({} as Record<string, unknown>).a).toBeUndefined()
  })

  test('an id of 37 characters is refused under that id, 36 are served', async () => {
    const socket = await wire.charger()
    const long = 'x'.repeat(37)
    expect((await ask(socket, `[2,"${long}","Heartbeat",{}]`)).slice(0, 3)).toEqual([
      4,
      long,
      'FormationViolation',
    ])
    const longest = 'x'.repeat(36)
    expect((await ask(socket, `[2,"${longest}","Heartbeat",{}]`)).slice(0, 2)).toEqual([3, longest])
  })

  test('100,000 levels of JSON', async () => {
    const socket = await wire.charger()
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const reply = await ask(socket, `[2,"1","DataTransfer",{"vendorId":"v","data":${deep}}]`)
    expect(reply.slice(0, 3)).toEqual([4, '1', 'FormationViolation'])
    const objects = `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`
    const shallow = await ask(socket, `[2,"2","DataTransfer",{"vendorId":"v","data":${objects}}]`)
    expect(shallow.slice(0, 3)).toEqual([4, '2', 'TypeConstraintViolation'])
    await isAlive()
  })

  test('a session with members that are beyond use is still a session', async () => {
    const socket = await wire.charger()
    const start = { connectorId: '1', idTag: 12345, meterStart: 1.5, timestamp: '', nonsense: [{}] }
    expect(await ask(socket, JSON.stringify([2, '1', 'StartTransaction', start]))).toMatchObject([
      3,
      '1',
      { transactionId: 42 },
    ])
  })
})
