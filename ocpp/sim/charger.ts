/**
 * One simulated OCPP 1.6-J charge point: its line, its connectors, its queue of transaction messages and its ledger.
 * It behaves as the standard says a charger does, except where a fault is switched on.
 */
import { setMaxListeners } from 'node:events'
import { sleepMs, type SimClock } from './clock'
import { serveCall, type ChargerControls } from './commands'
import { newConfiguration } from './configuration'
import { createConnector, type Connector } from './connector'
import { behaviourOf, type FaultName } from './faults'
import type { Inside } from './inside'
import { forget, newLedger, type Ledger } from './ledger'
import { createLine } from './line'
import { createLocalList } from './localList'
import { chargerModels, type ModelName } from './physics'
import { createProfiles } from './profiles'
import { createQueue } from './queue'
import { randomStream } from './random'

export type ChargerOptions = {
  identity: string
  password: string
  /** Without the identity: `ws://127.0.0.1:9220/ocpp` */
  url: string
  model: ModelName
  seed: number
  clock: SimClock
  faults?: readonly FaultName[]
  /** First wait before a new connect, in wall-clock ms; doubles up to a minute. */
  reconnectMs?: number
  answerTimeoutMs?: number
  localAddress?: string
  /** Device seconds from a reset to the first connect. */
  rebootSeconds?: number
  /** What it runs when it is made; default what its model comes with. */
  firmwareVersion?: string
  /** Device seconds it takes to prepare an installation, and again to install. */
  installSeconds?: number
  /** MeterValueSampleInterval as it leaves the factory. */
  sampleSeconds?: number
  /** What the meters of the connectors show when the charger is made, in order. */
  registersWh?: readonly number[]
  /** Finished charges that the ledger remembers; default all. */
  keepTransactions?: number
  /** Has the Core profile alone: no card list, reservations or charging profiles. */
  isCoreOnly?: boolean
  /** Told when an accepted card waits for a car: whoever plays the driver plugs it in. */
  onAwaiting?: (charger: SimCharger, connectorId: number) => void
  onNews?: (text: string) => void
}

export type SimCharger = {
  identity: string
  model: ModelName
  firmwareVersion: () => string
  ledger: Ledger
  connectors: Connector[]
  isOnline: () => boolean
  /** Messages of transactions not yet answered. */
  backlog: () => number
  powerUp: () => void
  /** Everything stops at once; charges end with PowerLoss and are reported after the next `powerUp`. */
  powerCut: () => Promise<void>
  /** The line only: the charger goes on without it. */
  goOffline: () => void
  goOnline: () => void
  whenOnline: () => Promise<void>
  /** Resolves when every transaction message was answered. */
  whenSettled: () => Promise<void>
  /** For good; nothing more is sent. */
  end: () => Promise<void>
}

/** A charger without power; `powerUp` brings it to life. */
export function createCharger(options: ChargerOptions): SimCharger {
  const { identity, clock, seed } = options
  const model = chargerModels[options.model]
  const behaviour = behaviourOf(options.faults ?? [])
  const configuration = newConfiguration(model, options.isCoreOnly ?? false)
  if (options.sampleSeconds) {
    configuration.change('MeterValueSampleInterval', String(options.sampleSeconds))
  }
  const ledger = newLedger()
  let firmwareVersion = options.firmwareVersion ?? model.firmwareVersion
  const hasMilliseconds = randomStream(seed, `${identity}/habits`).chance(0.5)
  const life = new AbortController()
  setMaxListeners(0, life.signal)

  const line = createLine({
    options,
    behaviour,
    ledger,
    life: life.signal,
    bootPayload: () => ({
      chargePointVendor: model.vendor,
      chargePointModel: model.model,
      chargePointSerialNumber: `${model.vendor.slice(0, 2).toUpperCase()}-${identity}`.slice(0, 25),
      firmwareVersion,
      meterType: model.current === 'DC' ? 'DCM-100' : 'EM-340',
    }),
    onBeat: () => options.keepTransactions && forget(ledger, options.keepTransactions),
    meterStartWh: () =>
      connectors.find((one) => one.transaction())?.transaction()?.meterStartWh ?? 0,
    onCall: (action, request) => serveCall(action, request, inside, controls),
    onAccepted: (isFresh) => {
      if (isFresh) void announceSelf()
      for (const connector of connectors) void connector.announce(isFresh)
      void inside.queue.pump()
    },
  })

  const deviceTime = () => {
    const text = clock.now().toISOString()
    return hasMilliseconds ? text : `${text.slice(0, 19)}Z`
  }

  const inside: Inside = {
    identity,
    model,
    clock,
    random: randomStream(seed, `${identity}/electrics`),
    ledger,
    configuration,
    knobs: behaviour.knobs,
    isOnline: line.isOnline,
    say: (action, payload) =>
      line.isOnline() ? line.transmit(action, payload) : Promise.resolve({ kind: 'lost' }),
    deviceTime,
    cardCache: new Map(),
    localList: createLocalList({
      perMessage: () => configuration.number('SendLocalListMaxLength'),
      inAll: () => configuration.number('LocalAuthListMaxLength'),
    }),
    profiles: createProfiles(model, () => configuration.number('ChargeProfileMaxStackLevel')),
    parents: new Map(),
    isCoreOnly: options.isCoreOnly ?? false,
    installSeconds: options.installSeconds ?? 10,
    onAwaiting: (connectorId) => options.onAwaiting?.(self, connectorId),
    goOffline: line.goOffline,
    goOnline: line.goOnline,
    life: life.signal,
    queue: createQueue({
      clock,
      send: line.transmit,
      isReady: line.isOnline,
      attempts: () => configuration.number('TransactionMessageAttempts'),
      retrySeconds: () => configuration.number('TransactionMessageRetryInterval'),
      onRefusal: (text) => ledger.refusals.push(text),
      life: life.signal,
    }),
  }
  const connectors = Array.from({ length: model.connectors }, (_, index) =>
    createConnector(inside, index + 1, options.registersWh?.[index]),
  )

  const announceSelf = () => {
    const isOut = connectors.every((one) => one.status() === 'Unavailable')
    return inside.say('StatusNotification', {
      connectorId: 0,
      errorCode: 'NoError',
      status: isOut ? 'Unavailable' : 'Available',
      timestamp: deviceTime(),
    })
  }

  /** Stops the charges, gives their messages a moment, and starts again. */
  const reset = async (kind: 'Soft' | 'Hard') => {
    const isSoft = kind === 'Soft'
    for (const one of connectors) await one.stop(isSoft ? 'SoftReset' : 'HardReset')
    await (isSoft
      ? Promise.race([inside.queue.whenEmpty(), sleepMs(5_000, life.signal)])
      : sleepMs(20))
    line.powerDown()
    if (await clock.sleep(options.rebootSeconds ?? 20, life.signal)) line.powerUp()
  }

  const restartWith = async (version: string | null) => {
    firmwareVersion = version ?? firmwareVersion
    await reset('Soft')
    await line.whenOnline()
  }

  const controls: ChargerControls = {
    restartWith,
    connectors,
    boot: line.boot,
    heartbeat: () => inside.say('Heartbeat', {}),
    announceSelf,
    reset: (kind) => void reset(kind),
    isMute: (kind) => kind === 'Hard' && behaviour.knobs.resetsWithoutAnswer,
    setPassword: line.setPassword,
  }

  const self: SimCharger = {
    identity,
    model: options.model,
    firmwareVersion: () => firmwareVersion,
    ledger,
    connectors,
    isOnline: line.isOnline,
    backlog: inside.queue.size,
    powerUp: line.powerUp,
    powerCut: async () => {
      line.powerDown()
      for (const one of connectors) await one.stop('PowerLoss')
    },
    goOffline: line.goOffline,
    goOnline: line.goOnline,
    whenOnline: line.whenOnline,
    whenSettled: inside.queue.whenEmpty,
    end: async () => {
      life.abort()
      await line.hangUp()
    },
  }
  return self
}
