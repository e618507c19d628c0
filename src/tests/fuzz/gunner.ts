/** One hostile charger: fires, listens to what comes back, and connects again when it is thrown out. */
import WebSocket from 'ws'
import type { BenchCharger } from '@/bench/protocol'
import type { Random } from '#ocpp/sim/random'
import { nextShot, type Shot } from './mutate'

export type Tally = {
  shots: number
  results: number
  errors: Map<string, number>
  closes: Map<number, number>
  /** Replies that say more than they should, or that are no OCPP-J. */
  leaks: string[]
}

export const newTally = (): Tally => ({
  shots: 0,
  results: 0,
  errors: new Map(),
  closes: new Map(),
  leaks: [],
})

const VOLLEY = 20
const ANSWER_WITHIN_MS = 20_000

const tellsTooMuch =
  /\bat .{1,80}[jt]s:\d+|node:|node_modules|\/(work|home|root|tmp|var|usr|app|src|dist)\/|\b(select|insert into|update|delete from)\b.*\b(from|values|set|where)\b|violates|relation "|syntax error|postgres|\bpg_|\bajv\b|SQLSTATE|Error:|undefined|\[object|\d+\.\d+\.\d+/i

/** Fires `shots` in volleys; after each a heartbeat must be answered, unless the connection was ended. */
export async function fire(
  url: string,
  charger: BenchCharger,
  shots: number,
  random: Random,
  tally: Tally,
): Promise<void> {
  let serial = 0
  while (serial < shots) {
    const socket = await connect(url, charger)
    const listening = listen(socket, tally)
    try {
      while (serial < shots && socket.readyState === WebSocket.OPEN) {
        for (let i = 0; i < VOLLEY && serial < shots && socket.readyState === WebSocket.OPEN; i++) {
          send(socket, nextShot(random, serial++))
          tally.shots += 1
        }
        await listening.sync(`sync${serial}`)
      }
    } finally {
      socket.terminate()
    }
  }
}

function send(socket: WebSocket, { data, kind }: Shot): void {
  if (kind !== 'pieces') return socket.send(data, { binary: kind === 'binary' })
  const bytes = Buffer.from(data)
  for (let i = 0; i < bytes.length; i++) {
    socket.send(bytes.subarray(i, i + 1), { binary: false, fin: i === bytes.length - 1 })
  }
}

function listen(socket: WebSocket, tally: Tally) {
  let waiting: { id: string; done: () => void } | null = null
  socket.on('message', (data) => {
    const text = String(data)
    const problem = judge(text, tally)
    if (problem && tally.leaks.length < 20) tally.leaks.push(`${problem}: ${text.slice(0, 300)}`)
    if (waiting && text.startsWith(`[3,"${waiting.id}"`)) waiting.done()
  })
  socket.on('close', (code) => {
    tally.closes.set(code, (tally.closes.get(code) ?? 0) + 1)
    waiting?.done()
  })
  return {
    /** Resolves when everything sent so far has been dealt with, or the connection was ended. */
    sync: (id: string) =>
      new Promise<void>((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return resolve()
        const timer = setTimeout(
          () => reject(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)),
          ANSWER_WITHIN_MS,
        )
        const done = () => {
          clearTimeout(timer)
          waiting = null
          resolve()
        }
        waiting = { id, done }
        socket.send(`[2,"${id}","Heartbeat",{}]`)
      }),
  }
}

/** Null for a reply as OCPP-J wants it that tells nothing about us. */
function judge(text: string, tally: Tally): string | null {
  const frame: unknown = parse(text)
  if (!Array.isArray(frame)) return 'no OCPP-J'
  const [kind, id, ...rest] = frame as unknown[]
  if (typeof id !== 'string') return 'a reply without an id'
  if (kind === 2) return null
  if (kind === 3) {
    tally.results += 1
    return typeof rest[0] === 'object' && !tellsTooMuch.test(JSON.stringify(rest[0]))
      ? null
      : 'a result that tells too much'
  }
  const [code, description, details] = rest
  if (kind !== 4 || typeof code !== 'string' || typeof description !== 'string') return 'no OCPP-J'
  tally.errors.set(code, (tally.errors.get(code) ?? 0) + 1)
  if (details === null || typeof details !== 'object') return 'details are no object'
  return tellsTooMuch.test(`${description} ${JSON.stringify(details)}`)
    ? 'an error that tells too much'
    : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const connect = (url: string, charger: BenchCharger): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url}/${charger.identity}`, ['ocpp1.6'], {
      auth: `${charger.identity}:${charger.password}`,
      perMessageDeflate: false,
    })
    socket.on('error', reject)
    socket.once('open', () => {
      resolve(socket)
      socket.send('[2,"boot","BootNotification",{"chargePointVendor":"F","chargePointModel":"F"}]')
    })
  })
