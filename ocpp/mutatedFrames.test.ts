/** Frames that are nearly right: schema-aware mutations and wounds in the text, over a real socket. */
import { serveWithoutStore, startWire, until, type Wire } from '@/tests/helpers/wire'

let wire: Wire
beforeEach(async () => {
  wire = await startWire({
    onCall: serveWithoutStore,
    limits: { strays: Infinity, callsBurst: Infinity },
  })
})
afterEach(() => wire.stop())

const count = Number(process.env.FUZZ_FRAMES ?? 3000)
const leak = /node_modules|\.ts\b|\bat \w+ \(|select |\/work|\d+\.\d+\.\d+/i

/** What it finds can be found again: `FUZZ_SEED` is in the failure. `FUZZ_FRAMES=100000` for the long one. */
test(`${count} mutated frames: alive, answered, silent about us`, async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000)
  const random = mulberry(seed)
  const socket = await wire.charger()
  const rssBefore = process.memoryUsage.rss()
  const leaks: string[] = []
  let lastSync = ''
  socket.on('message', (data: Buffer) => {
    const text = data.toString()
    if (leak.test(text.replaceAll(/"currentTime":"[^"]*"/g, ''))) leaks.push(text)
    const sync = /"(sync\d+)"/.exec(text)
    if (sync) lastSync = sync[1]!
  })
  for (let n = 1; n <= count; n++) {
    socket.send(mutated(random))
    if (n % 200 !== 0) continue
    socket.send(`[2,"sync${n}","Heartbeat",{}]`)
    await until(() => lastSync === `sync${n}`)
    wire.frames.length = wire.calls.length = 0
  }
  const { counts } = wire.metrics
  expect({ seed, leaks, faults: wire.faults }).toEqual({ seed, leaks: [], faults: [] })
  expect(socket.readyState).toBe(socket.OPEN)
  expect(counts.callsIn).toBeGreaterThan(count / 3)
  expect(process.memoryUsage.rss() - rssBefore).toBeLessThan(100e6)
}, 300_000)

const seeds = [
  [2, 'id', 'BootNotification', { chargePointVendor: 'v', chargePointModel: 'm', iccid: '' }],
  [
    2,
    'id',
    'StartTransaction',
    { connectorId: 1, idTag: 'T', meterStart: 5, timestamp: '2026-01-01T00:00:00Z' },
  ],
  [
    2,
    'id',
    'StopTransaction',
    {
      transactionId: 1,
      meterStop: 9,
      timestamp: '2026-01-01T00:00:00Z',
      reason: 'Local',
      transactionData: [
        { timestamp: '2026-01-01T00:00:00Z', sampledValue: [{ value: '1', unit: 'Wh' }] },
      ],
    },
  ],
  [
    2,
    'id',
    'MeterValues',
    {
      connectorId: 1,
      transactionId: 1,
      meterValue: [
        {
          timestamp: '2026-01-01T00:00:00Z',
          sampledValue: [{ value: '1', measurand: 'Voltage', phase: 'L1' }],
        },
      ],
    },
  ],
  [2, 'id', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' }],
  [2, 'id', 'DataTransfer', { vendorId: 'v', data: '{}' }],
  [2, 'id', 'SecurityEventNotification', { type: 't', timestamp: '2026-01-01T00:00:00Z' }],
  [3, 'id', {}],
  [4, 'id', 'GenericError', '', {}],
]
const oddities: unknown[] = [
  null,
  '',
  0,
  -1,
  1.5,
  1e308,
  true,
  [],
  {},
  [[]],
  '\u0000',
  '\ud800',
  'x'.repeat(300),
  { __proto__: 1 },
  '2026',
  9223372036854775807,
  "'; drop table x",
]

function mutated(random: () => number): string {
  const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!
  let frame: unknown = structuredClone(pick(seeds))
  ;(frame as unknown[])[1] = `f${Math.floor(random() * 1e9)}`
  for (let times = Math.ceil(random() * 3); times > 0; times--) {
    const row = frame as unknown[]
    if (random() < 0.9 && Array.isArray(row) && typeof row[3] === 'object')
      row[3] = touched(row[3], random, pick)
    else frame = touched(frame, random, pick)
  }
  let text = JSON.stringify(frame) ?? ''
  if (random() < 0.2) {
    const at = Math.floor(random() * text.length)
    text =
      text.slice(0, at) +
      pick(['', '"', '[', '}', ',', '\\', '\u0000', 'é', '1e999']) +
      text.slice(at + Math.floor(random() * 3))
  }
  return text
}

function touched(value: unknown, random: () => number, pick: <T>(list: T[]) => T): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.1) return pick(oddities)
  const key = pick(Object.keys(value))
  if (key === undefined) return value
  const row = value as Record<string, unknown>
  const chance = random()
  if (chance < 0.15) delete row[key]
  else if (chance < 0.25) row[String(pick(oddities))] = pick(oddities)
  else row[key] = touched(row[key], random, pick)
  return value
}

function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
