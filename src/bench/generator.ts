/**
 * The bench's load, in a process of its own: raw `ws` clients in a closed loop (each has one call outstanding and
 * sends the next when the answer is there). It shares the machine with what it measures, so the `lean` client
 * concatenates frames, looks at answers byte-wise (the kind of message and its id; the transaction id of a start by
 * `indexOf`), and masks with zero, which spares the XOR. The `plain` one is an ordinary client: `ws` as it comes, JSON
 * both ways. The first argument of the process chooses.
 */
import { writeFileSync } from 'node:fs'
import WebSocket from 'ws'
import {
  bookAck,
  bootFrame,
  newBenchState,
  nextFrame,
  stagger,
  type BenchState,
  type Wording,
} from './frames'
import { emptyHistogram, percentile, record, type Histogram } from './histogram'
import type { BenchCharger, GeneratorOrder, GeneratorReport, Mix, RunResult } from './protocol'

const wording: Wording = process.argv[2] === 'plain' ? 'plain' : 'lean'
const BYTE_3 = 0x33
const BYTE_2 = 0x32
const PREFIX = '[3,"'
const CONNECT_AT_ONCE = 50

type Client = {
  socket: WebSocket
  state: BenchState
  sentAt: number
  /** Called with each answer; a run puts its own in, between runs nothing is outstanding. */
  onAck: (() => void) | null
  /** Called when the line closes during a run. */
  onLost: (() => void) | null
}

const clients: Client[] = []
let failures: { count: number; samples: string[] } = { count: 0, samples: [] }

function fail(text: string): void {
  failures.count += 1
  if (failures.samples.length < 5) failures.samples.push(text.slice(0, 200))
}

const leanSocket = {
  skipUTF8Validation: true,
  generateMask: (mask: Buffer) => void mask.fill(0),
}

const open = (url: string, charger: BenchCharger): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url}/${charger.identity}`, ['ocpp1.6'], {
      auth: `${charger.identity}:${charger.password}`,
      perMessageDeflate: false,
      ...(wording === 'lean' ? leanSocket : {}),
      localAddress: addressOf(charger.identity),
    })
    socket.once('open', () => resolve(socket))
    socket.once('unexpected-response', (_request, response) =>
      reject(new Error(`${charger.identity}: refused with ${response.statusCode}`)),
    )
    socket.once('error', reject)
    socket.on('error', () => {})
  })

/**
 * Chargers come from many addresses, so the guard per address (SEC-07) stays as it is. Only Linux has all of 127/8.
 */
function addressOf(identity: string): string | undefined {
  if (process.platform !== 'linux') return undefined
  return `127.0.0.${1 + (Number.parseInt(identity.slice(-5), 10) % 250)}`
}

type Answer = { kind: 'result' | 'error' | 'call' | 'other'; transactionId: () => number }

function readLean(answer: Buffer, serial: number): Answer {
  const id = `b${serial}"`
  const isMine = answer.toString('latin1', PREFIX.length, PREFIX.length + id.length) === id
  if (answer[1] === BYTE_2) return { kind: 'call', transactionId: () => -1 }
  if (!isMine) return { kind: 'other', transactionId: () => -1 }
  return {
    kind: answer[1] === BYTE_3 ? 'result' : 'error',
    transactionId: () => {
      const at = answer.indexOf('"transactionId":')
      return at < 0 ? -1 : Number.parseInt(answer.toString('latin1', at + 16, at + 28), 10)
    },
  }
}

function readPlain(answer: Buffer, serial: number): Answer {
  const [kind, id, payload] = JSON.parse(answer.toString()) as [
    number,
    string,
    { transactionId?: number },
  ]
  if (kind === 2) return { kind: 'call', transactionId: () => -1 }
  if (id !== `b${serial}`) return { kind: 'other', transactionId: () => -1 }
  return { kind: kind === 3 ? 'result' : 'error', transactionId: () => payload.transactionId ?? -1 }
}

const readAnswer = wording === 'lean' ? readLean : readPlain

function listen(client: Client): void {
  client.socket.on('message', (data) => {
    const text = data as Buffer
    const { state } = client
    const answer = readAnswer(text, state.serial)
    if (answer.kind === 'call') return answerCall(client, text)
    if (answer.kind === 'other') return fail(`out of turn: ${text.toString()}`)
    if (answer.kind === 'error' || !bookAck(state, answer.transactionId)) {
      fail(`${state.sent}: ${text.toString()}`)
    }
    client.onAck?.()
  })
  client.socket.on('close', (code) => {
    if (ending) return
    fail(`closed with ${code}`)
    client.onLost?.()
  })
}

/** The system asks a charger for its configuration after boot; the bench's chargers have none. */
function answerCall({ socket }: Client, text: Buffer): void {
  const [, id, action] = JSON.parse(text.toString()) as [number, string, string]
  socket.send(
    action === 'GetConfiguration'
      ? `[3,"${id}",{"configurationKey":[],"unknownKey":[]}]`
      : `[4,"${id}","NotSupported","",{}]`,
  )
}

const say = (client: Client, frame: string) => {
  client.sentAt = performance.now()
  client.socket.send(frame)
}

/** Connects and boots all chargers, a few at once; resolves when each was answered. */
async function connect(
  url: string,
  chargers: BenchCharger[],
  clockStart: number,
): Promise<GeneratorReport> {
  const from = performance.now()
  const took = emptyHistogram()
  let next = 0
  const worker = async () => {
    for (let index = next++; index < chargers.length; index = next++) {
      const at = performance.now()
      const charger = chargers[index]!
      const client: Client = {
        socket: await open(url, charger),
        state: newBenchState(charger, index, clockStart),
        sentAt: 0,
        onAck: null,
        onLost: null,
      }
      clients[index] = client
      listen(client)
      await new Promise<void>((resolve) => {
        client.onAck = resolve
        say(client, bootFrame(client.state, wording))
      })
      client.onAck = null
      record(took, performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: CONNECT_AT_ONCE }, worker))
  return {
    report: 'connected',
    seconds: (performance.now() - from) / 1000,
    p99Ms: percentile(took, 0.99),
  }
}

/** Runs a mix on the first `count` chargers; resolves when the last of them has ended its charge. */
function run(mix: Mix, count: number, warmUpMs: number, measureMs: number): Promise<RunResult> {
  const took: Histogram = emptyHistogram()
  const from = performance.now() + warmUpMs
  const until = from + measureMs
  const acting = clients.slice(0, count)
  let resting = 0
  let cpu = process.cpuUsage()
  let isMeasuring = false
  failures = { count: 0, samples: [] }
  let spent = 0
  return new Promise((resolve) => {
    const step = (client: Client) => {
      const now = performance.now()
      if (now >= from && now < until) {
        if (!isMeasuring) cpu = process.cpuUsage()
        isMeasuring = true
        record(took, now - client.sentAt)
      } else if (isMeasuring) {
        isMeasuring = false
        const used = process.cpuUsage(cpu)
        spent = (used.user + used.system) / 1e6
      }
      const frame = nextFrame(client.state, mix, now >= until, wording)
      if (frame) return say(client, frame)
      rest(client)
    }
    const rest = (client: Client) => {
      client.onAck = null
      client.onLost = null
      if (++resting === acting.length) resolve(result(took, measureMs / 1000, spent))
    }
    for (const [index, client] of acting.entries()) {
      stagger(client.state, index)
      client.onAck = () => step(client)
      client.onLost = () => rest(client)
      client.sentAt = performance.now()
      step(client)
    }
  })
}

const result = (took: Histogram, seconds: number, cpuSeconds: number): RunResult => ({
  acked: took.total,
  seconds,
  p50Ms: percentile(took, 0.5),
  p99Ms: percentile(took, 0.99),
  errors: failures.count,
  samplesOfErrors: failures.samples,
  cpuSeconds,
})

function writeLedger(file: string): GeneratorReport {
  const lines = clients.flatMap(({ state }) =>
    state.open ? [...state.finished, state.open] : state.finished,
  )
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  return {
    report: 'ledger',
    sessions: lines.length,
    frames: clients.reduce((sum, { state }) => sum + state.acked, 0),
  }
}

/** Sockets that say nothing, on top of those that are there already. */
async function idle(url: string, chargers: BenchCharger[]): Promise<GeneratorReport> {
  const from = performance.now()
  let next = 0
  const worker = async () => {
    for (let index = next++; index < chargers.length; index = next++) {
      const socket = await open(url, chargers[index]!)
      socket.on('close', (code) => !ending && fail(`idle socket closed with ${code}`))
    }
  }
  await Promise.all(Array.from({ length: CONNECT_AT_ONCE }, worker))
  return { report: 'connected', seconds: (performance.now() - from) / 1000, p99Ms: 0 }
}

let ending = false

async function obey(order: GeneratorOrder): Promise<GeneratorReport> {
  switch (order.order) {
    case 'connect':
      return connect(order.url, order.chargers, order.clockStart)
    case 'run':
      return {
        report: 'ran',
        result: await run(order.mix, order.chargers, order.warmUpMs, order.measureMs),
      }
    case 'ledger':
      return writeLedger(order.file)
    case 'idle':
      return idle(order.url, order.chargers)
    case 'end':
      ending = true
      process.exit(0)
  }
}

const tell = (report: GeneratorReport) => process.send?.(report)

process.on('message', (order: GeneratorOrder) => {
  obey(order).then(tell, (error: Error) => tell({ report: 'failed', text: error.message }))
})
process.on('disconnect', () => process.exit(0))
tell({ report: 'ready' })
