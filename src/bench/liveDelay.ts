/**
 * How long after a charger sends a status do the browsers of 200 people hear of it: the real ocpp and worker roles as
 * processes, chargers on sockets of their own, listeners that are rpc-websockets' own client, as in the panel.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

import { Client } from 'rpc-websockets'
import WebSocket from 'ws'

import { projectRoot } from '@/main/project'
import { makePerson } from '@/tests/helpers/network'

import type { BenchCharger } from './protocol'
import { freePort, startOcppRole } from './role'
import type { Testbed } from './testbed'

export type LivePlan = { listeners: number; chargers: number; seconds: number }
export type LiveReport = LivePlan & {
  sent: number
  /** Of `sent` × `listeners`. */
  heard: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

/** Each charger changes its state once in so long. */
const everyMs = 2_000
const origin = 'http://localhost:3000'

/** Sends `chargers / 2` changes of state a second; resolves with the delays of all that was heard. */
export async function measureLive(
  bed: Testbed,
  env: Record<string, string>,
  plan: LivePlan,
): Promise<LiveReport> {
  const role = await startOcppRole(bed, { env })
  const worker = await startWorker(bed)
  const sentAt = new Map<number, number>()
  const delays: number[] = []
  const closing: (() => void)[] = []
  try {
    await role.untilReady()
    const ids = await idsOf(bed)
    const points = await Promise.all(
      bed.chargers.slice(0, plan.chargers).map((charger) => plugIn(role.url, charger)),
    )
    closing.push(...points.map((point) => () => point.socket.terminate()))
    for (let i = 0; i < plan.listeners; i++) {
      const { token } = await makePerson(bed.pool, bed.payloadSecret, { role: 'super-admin' })
      const client = await listen(worker.port, token, (chargerId) => {
        const at = sentAt.get(chargerId)
        if (at !== undefined) delays.push(performance.now() - at)
      })
      closing.push(() => client.close())
    }
    let sent = 0
    const rounds = Math.round((plan.seconds * 1_000) / everyMs)
    for (let round = 0; round < rounds; round++) {
      const status = round % 2 === 0 ? 'Preparing' : 'Available'
      for (const point of points) {
        sentAt.set(ids.get(point.identity)!, performance.now())
        point.say(status)
        sent++
        await pause(everyMs / points.length)
      }
    }
    await pause(everyMs)
    delays.sort((a, b) => a - b)
    const at = (share: number) => delays[Math.floor((delays.length - 1) * share)] ?? NaN
    return { ...plan, sent, heard: delays.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
  } finally {
    for (const close of closing) close()
    worker.child.kill('SIGTERM')
    await role.kill()
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function startWorker(bed: Testbed): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(projectRoot, 'dist/worker.js')], {
    cwd: projectRoot,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NODE_OPTIONS: '',
      LOG_LEVEL: 'warn',
      DATABASE_URL: bed.databaseUrl,
      PAYLOAD_SECRET: bed.payloadSecret,
      CPMS_DATA_DIR: bed.dataDir,
      HOST: '127.0.0.1',
      PUBLIC_URL: origin,
      LIVE_PORT: String(port),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await new Promise<void>((done, fail) => {
    child.once('message', () => done())
    child.once('exit', (code) => fail(new Error(`the worker ended with ${code}: build first`)))
  })
  return { child, port }
}

async function idsOf(bed: Testbed): Promise<Map<string, number>> {
  const { rows } = await bed.pool.query<{ identity: string; id: number }>(
    'select identity, id from chargers',
  )
  return new Map(rows.map(({ identity, id }) => [identity, id]))
}

type Point = { identity: string; socket: WebSocket; say(status: string): void }

async function plugIn(url: string, { identity, password }: BenchCharger): Promise<Point> {
  const socket = new WebSocket(`${url}/${identity}`, ['ocpp1.6'], {
    auth: `${identity}:${password}`,
  })
  await new Promise<void>((done, fail) => {
    socket.once('open', () => done())
    socket.once('error', fail)
  })
  let number = 0
  const call = (action: string, payload: object) =>
    socket.send(JSON.stringify([2, String(++number), action, payload]))
  const booted = new Promise((done) => socket.once('message', done))
  call('BootNotification', { chargePointVendor: 'Bench', chargePointModel: 'Live' })
  await booted
  return {
    identity,
    socket,
    say: (status) => call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status }),
  }
}

type Heard = { kind: string; chargerId: number | null }

async function listen(
  port: number,
  token: string,
  onStatus: (chargerId: number) => void,
): Promise<Client> {
  const client = new Client(`ws://127.0.0.1:${port}/live`, {
    reconnect: false,
    headers: { Cookie: `payload-token=${token}` },
    origin,
  })
  client.on('event', ({ kind, chargerId }: Heard) => {
    if (kind === 'charger.status' && chargerId !== null) onStatus(chargerId)
  })
  await new Promise<void>((done, fail) => {
    client.on('open', () => done())
    client.on('error', fail)
  })
  await client.call('ping')
  return client
}
