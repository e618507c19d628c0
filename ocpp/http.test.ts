import { once } from 'node:events'

import { ask, startWire, type Wire } from '@/tests/helpers/wire'

let wire: Wire
afterEach(() => wire.stop())

const upgradeSoFar = 'GET /ocpp/CP1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n'

test.each([
  ['says nothing', ''],
  ['never ends its headers', upgradeSoFar],
  ['says a letter', 'G'],
])('a connection that %s is closed, the others go on (SEC-07)', async (_what, text) => {
  wire = await startWire({ requestTimeoutMs: 300 })
  const charger = await wire.charger('CP2')
  const sockets = await Promise.all(Array.from({ length: 5 }, () => wire.tcp()))
  const startedMs = performance.now()
  for (const socket of sockets) socket.write(text)
  await Promise.all(sockets.map((socket) => once(socket.resume(), 'close')))
  expect(performance.now() - startedMs).toBeLessThan(4000)
  expect(await ask(charger, '[2,"1","Heartbeat",{}]')).toEqual([3, '1', {}])
})

test('a charger that knocks wrongly for ever is told of twenty times an hour', async () => {
  wire = await startWire()
  for (let n = 0; n < 30; n++)
    expect((await fetch(`http://127.0.0.1:${wire.port}/ocpp/CP1`)).status).toBe(426)
  expect(wire.odd).toHaveLength(20)
})

test('what is not there is 404 and says no more', async () => {
  wire = await startWire()
  const response = await fetch(`http://127.0.0.1:${wire.port}/healthz`, { method: 'POST' })
  expect(response.status).toBe(404)
  expect(await response.text()).toBe('not found\n')
})
