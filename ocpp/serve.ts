import { readFileSync } from 'node:fs'
import { listen } from '@/db/listen'
import { channels } from '@/db/channels'
import { noteHandshake } from '@/db/queries/findCharger'
import { ensurePartitions, removeInstance, touchInstance } from '@/db/queries/instances'
import { createPool } from '@/db/pool'
import { createWriter } from '@/db/writer'
import { createRecorders } from '@/facts/index'
import type { LiveReadings } from '@/facts/recordSamples'
import { createWishes } from '@/facts/wishes'
import type { Env } from '@/platform/env'
import { publicId } from '@/platform/ids'
import type { Log } from '@/platform/log'
import { createAccounts } from './accounts'
import { createAuthority, createCertificates } from './certificates'
import { createClientAddress } from './clientAddress'
import { createConnections } from './connections'
import { createDispatch } from './dispatch/loop'
import { createFileDoor } from './files/door'
import { createLinks } from './files/links'
import { createHandshake, defaultHandshakeLimits } from './handshake'
import { createHttpServer } from './http'
import { createInbound } from './inbound'
import { createMetrics } from './metrics'
import { createRegistry, defaultRegistryLimits } from './registry'
import { defaultPeerLimits } from './rpc/peer'
import { v16 } from './v16'

export type OcppRole = { stop(): Promise<void> }

const liveEveryMs = 1_000
const liveSlice = 100
const seenEveryMs = 10_000
const instanceEveryMs = 2_000
const partitionsEveryMs = 3_600_000
const logRowsWaitingMax = 100_000

/** The sidecar, put together; resolves when chargers can connect. It needs Postgres and nothing else. */
export async function serveOcpp(env: Env, log: Log): Promise<OcppRole> {
  const instance = publicId()
  const now = () => new Date()
  const pool = createPool(env.databaseUrl, { name: 'cpms-ocpp' })
  const metrics = createMetrics()
  const live: LiveReadings = new Map()
  const wishes = createWishes(Date.now)
  const trouble = (message: string, error: unknown) => log.warn({ err: error }, message)
  const writer = createWriter({
    connectionString: env.databaseUrl,
    recorders: createRecorders({ instance, live, wishes }),
    companion: { kind: 'frame', maxRows: logRowsWaitingMax },
    now,
    onFlush: ({ durationMs }) => metrics.flushes.observe(durationMs / 1000),
    onTrouble: trouble,
  })
  metrics.gauges.set('cpms_ocpp_writer_waiting', {
    help: 'Facts that wait for the next flush',
    read: writer.waiting,
  })
  await Promise.all([writer.ready(), touchInstance(pool, instance, 'ocpp'), ensurePartitions(pool)])

  const registry = createRegistry({ limits: defaultRegistryLimits, metrics })
  const authority = createAuthority(env.dataDir, now)
  const certificates = createCertificates({ pool, authority, now, onTrouble: trouble })
  const inbound = createInbound({ writer, now, onFact: certificates.onFact })
  const links = createLinks({ pool, filesUrl: env.filesPublicUrl, now })
  const dispatch = createDispatch({
    pool,
    writer,
    wishes,
    links,
    registry,
    now,
    onTrouble: trouble,
  })
  const peerLimits = {
    ...defaultPeerLimits,
    callsPerSecond: env.ocppCallsPerSecond,
    callsBurst: env.ocppCallsPerSecond * 10,
  }
  let isStopping = false
  const isReady = () => !isStopping && writer.isReady()

  const accounts = createAccounts(pool, env.chargerKey)
  const connections = createConnections({
    accounts,
    registry,
    inbound,
    dispatch,
    writer,
    limits: peerLimits,
    metrics,
    log,
    now,
  })

  const handshake = createHandshake({
    versions: [v16],
    limits: {
      ...defaultHandshakeLimits,
      connections: { ...defaultHandshakeLimits.connections, max: env.ocppConnectionsPer10s },
    },
    trustedProxies: env.trustedProxies,
    metrics,
    isReady,
    findCharger: accounts.find,
    verifyPassword: accounts.verify,
    onAccepted: connections.open,
    onFault: (error) => trouble('a handshake failed', error),
    onRefused: (refusal) =>
      void noteHandshake(pool, refusal).catch((error: unknown) =>
        trouble('a refused handshake could not be noted', error),
      ),
  })

  const files = createFileDoor({
    pool,
    dataDir: env.dataDir,
    clientAddress: createClientAddress(env.trustedProxies),
    async signsIn(identity, password) {
      const charger = await accounts.find(identity)
      return accounts.verify(charger?.chargerId ?? null, password)
    },
    now,
    onTrouble: trouble,
  })

  const tls = env.ocppTls && {
    cert: readFileSync(env.ocppTls.certFile),
    key: readFileSync(env.ocppTls.keyFile),
    ca: [
      ...(env.ocppTls.caFile ? [readFileSync(env.ocppTls.caFile)] : []),
      Buffer.from(authority().certificate),
    ],
  }
  const server = createHttpServer({
    handshake,
    metrics,
    metricsToken: env.metricsToken,
    isReady,
    tls,
    routes: (app) => app.use('/files', files),
    onFault: (error) => trouble('a request failed', error),
    onOddRequest: ({ remoteAddress, detail }) =>
      void noteHandshake(pool, {
        identity: null,
        remoteAddress,
        cause: 'bad-request',
        detail,
      }).catch((error: unknown) => trouble('an odd request could not be noted', error)),
  })

  const listener = listen({
    connectionString: env.databaseUrl,
    channels: [channels.command],
    name: 'cpms-ocpp-listen',
    onNotify: (_channel, chargerId) => dispatch.wished(Number(chargerId)),
  })

  /** In slices: a thousand rows at once would be a pause for every charger whose answer waits behind them. */
  async function carryLive(): Promise<void> {
    const rows = [...live.values()]
    live.clear()
    for (let at = 0; at < rows.length; at += liveSlice) {
      const slice = rows.slice(at, at + liveSlice)
      // refused ones are carried with their next sample; the samples themselves are stored
      await Promise.allSettled(slice.map((row) => writer.submit('live', row)))
    }
  }

  let seenUntil = Date.now()
  function carrySeen(): void {
    const from = seenUntil
    seenUntil = Date.now()
    for (const peer of registry.peers())
      if (peer.lastSeenMs >= from)
        writer.submit('seen', { chargerId: peer.chargerId, at: peer.lastSeenMs }).catch(() => {
          // said again in ten seconds
        })
  }

  const every = (ms: number, what: string, work: () => Promise<void> | void) =>
    setInterval(() => {
      Promise.resolve(work()).catch((error: unknown) => trouble(what, error))
    }, ms)
  const timers = [
    every(liveEveryMs, 'live figures stand still', carryLive),
    every(seenEveryMs, '"last seen" stands still', carrySeen),
    every(instanceEveryMs, 'the sign of life failed', () => touchInstance(pool, instance, 'ocpp')),
    every(partitionsEveryMs, 'partitions could not be made', () => ensurePartitions(pool)),
  ]
  registry.startSweep()
  dispatch.startPoll()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(env.ocppPort, env.host, resolve)
  })

  return {
    async stop() {
      isStopping = true
      server.close()
      dispatch.stop()
      registry.stop()
      await registry.closeAll({ code: 1012, reason: 'service restart', deadlineMs: 10_000 })
      for (const timer of timers) clearInterval(timer)
      await carryLive()
      await writer.close()
      await removeInstance(pool, instance).catch(() => {})
      await listener.close()
      server.closeAllConnections()
      await pool.end()
    },
  }
}
