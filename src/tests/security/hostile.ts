import WebSocket from 'ws'

import { randomStream, type Random } from '#ocpp/sim/random'

/**
 * Frames that nobody of ours sends to the live channel: calls with members missing, retyped or blown up, topics of
 * others, batches, what is no JSON and what is no text.
 */
const methods = [
  'ping',
  'since',
  'rpc.on',
  'rpc.off',
  'rpc.login',
  '__listMethods',
  'constructor',
  '__proto__',
  'toString',
  '',
  'rpc.on\u0000',
  'x'.repeat(500),
]
const oddities: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  '',
  'x',
  '\u0000',
  [],
  {},
  [null],
  [[]],
  [{}],
  { length: 1e9 },
  { toString: 1 },
  { __proto__: { isAdmin: true } },
]

export type Hostility = {
  sent: number
  sockets: number
  /** Of sites that the senders may not hear. */
  foreign: number
  closedBy: Map<number, number>
}

/** `beHostile`: so many frames, by as many sockets as it takes: one that misbehaved twenty times is closed. */
export async function beHostile(options: {
  url: string
  headers: Record<string, string>
  frames: number
  seed: number
  /** Topics that exist and are not theirs. */
  foreignTopics: readonly string[]
  isForeign(event: { siteId?: unknown }): boolean
}): Promise<Hostility> {
  const random = randomStream(options.seed, 'hostile')
  const tally: Hostility = { sent: 0, sockets: 0, foreign: 0, closedBy: new Map() }
  const one = async (): Promise<void> => {
    while (tally.sent < options.frames) await throwFrom(options, random, tally)
  }
  await Promise.all(Array.from({ length: 8 }, one))
  return tally
}

async function throwFrom(
  options: Parameters<typeof beHostile>[0],
  random: Random,
  tally: Hostility,
): Promise<void> {
  const socket = new WebSocket(options.url, { headers: options.headers })
  tally.sockets++
  socket.on('error', () => {})
  socket.on('message', (data: Buffer) => {
    const { notification, params } = JSON.parse(data.toString('utf8')) as {
      notification?: string
      params?: { siteId?: unknown }
    }
    if (notification === 'event' && params && options.isForeign(params)) tally.foreign++
  })
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  const opened = new Promise<boolean>((resolve) => {
    socket.on('open', () => resolve(true))
    socket.on('close', () => resolve(false))
  })
  if (!(await opened)) throw new Error('the channel let a good login not in')
  // a few at a time, as a script would; after twenty bad ones the server has closed it
  for (let n = 0; n < 24 && socket.readyState === socket.OPEN; n++) {
    socket.send(...frame(random, options.foreignTopics))
    tally.sent++
    if (n % 6 === 5) await new Promise((done) => setTimeout(done, 2))
  }
  const timer = setTimeout(() => socket.terminate(), 500)
  const code = await closed
  clearTimeout(timer)
  tally.closedBy.set(code, (tally.closedBy.get(code) ?? 0) + 1)
}

function frame(random: Random, foreign: readonly string[]): [string | Buffer] {
  const call = {
    jsonrpc: random.chance(0.8) ? '2.0' : random.pick(oddities),
    id: random.chance(0.7) ? 1 : random.pick(oddities),
    method: random.chance(0.8) ? random.pick(methods) : random.pick(oddities),
    params: random.chance(0.5) ? [random.pick(foreign)] : random.pick(oddities),
  }
  const dice = random.next()
  if (dice < 0.45) return [JSON.stringify(call)]
  if (dice < 0.6)
    return [JSON.stringify({ ...call, method: 'rpc.on', params: [random.pick(foreign)] })]
  if (dice < 0.66) return [JSON.stringify(Array.from({ length: 50 }, () => call))]
  if (dice < 0.72) return [JSON.stringify(call).slice(0, Math.floor(random.next() * 40))]
  if (dice < 0.78)
    return [Buffer.from(Array.from({ length: 60 }, () => Math.floor(random.next() * 256)))]
  if (dice < 0.84) return ['['.repeat(20_000)]
  if (dice < 0.88)
    return [
      JSON.stringify({
        ...call,
        method: 'rpc.on',
        params: Array.from({ length: 3_000 }, (_, i) => `charger/${i}`),
      }),
    ]
  if (dice < 0.92)
    return [JSON.stringify({ ...call, method: 'since', params: [random.pick(oddities)] })]
  if (dice < 0.96)
    return [`{"jsonrpc":"2.0","id":1,"method":"rpc.on","params":["${'\\ud800'.repeat(20)}"]}`]
  return ['x'.repeat(70_000)]
}
