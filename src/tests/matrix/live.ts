import { Client } from 'rpc-websockets'
import WebSocket from 'ws'

import { channels } from '@/db/channels'
import type { Action, Resource } from '@/domain/policy'
import { startLive } from '@/live/main'

import type { Matrix } from './ask'
import type { Principal } from './people'
import { canaries } from './world'

type Heard = { kind: string; body: Record<string, unknown>; chargerId: number | null }
type Ears = {
  client: Client | null
  isDriver: boolean
  status: number
  heard: Heard[]
  /** Sessions whose figures came: row ids for staff, public ids for drivers. */
  ticks: (number | string)[]
}

/** A row of the channel: the row of the policy table that it follows, and whether the ears got it. */
export type LiveRow = {
  name: string
  /** Null: everybody who is signed in as staff; `nobody`: no one. */
  by: readonly [Resource, Action] | null | 'nobody'
  /** The drivers' half of the channel has it too: whoever is signed in, or whose charge it is. */
  drivers?: 'each' | 'own'
  got(m: Matrix, ears: Ears): boolean | Promise<boolean>
}

const fleet = ['live', 'subscribe-fleet'] as const
const session = ['live', 'subscribe-session'] as const
const commands = ['commands', 'read'] as const

const calls =
  (method: string, params: (m: Matrix, ears: Ears) => unknown[] = () => []): LiveRow['got'] =>
  async (m, ears) => {
    if (!ears.client) return false
    return ears.client.call(method, params(m, ears)).then(
      () => true,
      () => false,
    )
  }

const hears =
  (kind: string): LiveRow['got'] =>
  (m, { heard }) =>
    heard.some((event) => event.kind === kind && event.chargerId === m.a.charger)

/** What is told of site A while everybody listens, in the order of the rows. */
const told = [
  'charger.status',
  'charger.connected',
  'connector.status',
  'session.started',
  'session.ended',
  'session.priced',
  'command.changed',
  'firmware.changed',
  'diagnostics.changed',
  'alert.changed',
  'ticket.created',
  'grant.changed',
] as const

export const liveRows: LiveRow[] = [
  { name: 'ping', by: null, drivers: 'each', got: calls('ping') },
  { name: 'rpc.on board', by: null, got: calls('rpc.on', () => ['board']) },
  { name: 'rpc.off board', by: null, got: calls('rpc.off', () => ['board']) },
  { name: 'rpc.on a charger', by: fleet, got: calls('rpc.on', (m) => [`charger/${m.a.charger}`]) },
  { name: 'rpc.on a site', by: fleet, got: calls('rpc.on', (m) => [`site/${m.a.site}`]) },
  {
    name: 'rpc.on a session',
    by: session,
    drivers: 'own',
    got: calls('rpc.on', (m, { isDriver }) => [
      `session/${isDriver ? m.running.publicId : m.a.session}`,
    ]),
  },
  {
    name: 'since',
    by: fleet,
    got: async (m, { client }) => {
      const answer = await client?.call('since', [0]).catch(() => null)
      const { events } = (answer ?? { events: [] }) as { events: Heard[] }
      return events.some(
        (event) => event.kind === 'charger.status' && event.chargerId === m.a.charger,
      )
    },
  },
  { name: 'charger.status', by: fleet, got: hears('charger.status') },
  { name: 'charger.connected', by: fleet, got: hears('charger.connected') },
  { name: 'connector.status', by: fleet, got: hears('connector.status') },
  { name: 'session.started', by: session, got: hears('session.started') },
  { name: 'session.ended', by: session, got: hears('session.ended') },
  { name: 'session.priced', by: session, got: hears('session.priced') },
  {
    name: 'figures',
    by: session,
    drivers: 'own',
    got: (m, { isDriver, ticks }) => ticks.includes(isDriver ? m.running.publicId : m.a.session),
  },
  { name: 'command.changed', by: commands, got: hears('command.changed') },
  { name: 'firmware.changed', by: commands, got: hears('firmware.changed') },
  { name: 'diagnostics.changed', by: commands, got: hears('diagnostics.changed') },
  { name: 'alert.changed', by: ['alerts', 'read'], got: hears('alert.changed') },
  { name: 'ticket.created', by: ['tickets', 'read'], got: hears('ticket.created') },
  { name: 'a kind that is in no row', by: 'nobody', got: hears('grant.changed') },
  {
    name: 'who is charging',
    by: 'nobody',
    got: (_m, { heard }) => JSON.stringify(heard).includes(canaries.idTag),
  },
  {
    name: 'a method that is none of the four',
    by: 'nobody',
    got: calls('__listMethods'),
  },
]

/** Everybody listens at once; everything of site A is told; who got what. */
export async function askLive(
  m: Matrix,
  people: readonly Principal[],
): Promise<{ got: Map<string, boolean[]>; refused: Map<string, number> }> {
  const { pool } = m.app
  const live = await startLive({
    pool,
    connectionString: process.env.DATABASE_URL!,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://localhost:3000',
    payloadSecret: process.env.PAYLOAD_SECRET!,
    now: () => new Date(),
    log: { info: () => {}, warn: () => {} },
  })
  try {
    const ears = new Map<string, Ears>()
    for (const who of people) ears.set(who.name, await listen(live.port, who, m))
    for (const kind of told)
      await pool.query(
        'insert into telemetry.events (kind, charger_id, site_id, session_id, body) values ($1, $2, $3, $4, $5)',
        [
          kind,
          m.a.charger,
          m.a.site,
          kind.startsWith('session') ? m.a.session : null,
          JSON.stringify({ status: 'x', idTag: `${canaries.idTag}-live`, driver: canaries.driver }),
        ],
      )
    await pool.query('select pg_notify($1, $2)', [channels.event, ''])
    const admin = ears.get('SA')!
    await until(() => admin.heard.length >= told.length - 1)
    const { rows } = await pool.query<{ id: number }>(
      'select id from sessions where public_id = $1',
      [m.running.publicId],
    )
    const tick = { charger: m.a.charger, site: m.a.site, wh: 1, w: 1, soc: null, at: 'x' }
    await pool.query('select pg_notify($1, $2)', [
      channels.live,
      JSON.stringify([m.a.session, rows[0]!.id].map((id) => ({ session: id, ...tick }))),
    ])
    await until(() => admin.ticks.length > 1)
    // one loop delivers to all; this is for the slowest socket
    await new Promise((done) => setTimeout(done, 250))
    const got = new Map<string, boolean[]>()
    const refused = new Map<string, number>()
    for (const who of people) {
      const own = ears.get(who.name)!
      if (!own.client) refused.set(who.name, own.status)
      const answers: boolean[] = []
      for (const row of liveRows) answers.push(await row.got(m, own))
      got.set(who.name, answers)
      own.client?.close()
    }
    return { got, refused }
  } finally {
    await live.close()
  }
}

async function listen(port: number, who: Principal, m: Matrix): Promise<Ears> {
  const url = `ws://127.0.0.1:${port}/live`
  const status = await new Promise<number>((resolve) => {
    const socket = new WebSocket(url, { headers: who.headers })
    socket.on('error', () => {})
    socket.on('open', () => resolve(101))
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
  })
  const isDriver = who.kind === 'driver'
  const ears: Ears = { client: null, isDriver, status, heard: [], ticks: [] }
  if (status !== 101) return ears
  const client = new Client(url, { reconnect: false, headers: who.headers })
  client.on('event', (event: Heard) => ears.heard.push(event))
  client.on('meter', ({ ticks, id }: { ticks?: { session: number }[]; id?: string }) =>
    ears.ticks.push(...(ticks?.map((tick) => tick.session) ?? [id!])),
  )
  await new Promise<void>((resolve, reject) => {
    client.on('open', resolve)
    client.on('error', reject)
  })
  await client.call('ping')
  // staff hear all that is theirs; a driver what he asks for
  if (isDriver) await client.call('rpc.on', [`session/${m.running.publicId}`]).catch(() => {})
  return { ...ears, client }
}

async function until(what: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !what();) {
    if (Date.now() > end) throw new Error('not heard within 10 s')
    await new Promise((done) => setTimeout(done, 20))
  }
}
