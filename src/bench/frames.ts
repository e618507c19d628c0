/**
 * A charger of the bench: the next frame of its mix as text, put together from parts that were made beforehand. Its
 * clock is its own and moves a minute per reading, its register 120 Wh per reading (7.2 kW), so that what it says is
 * plausible at any speed; it starts in the past and ends there.
 */
import type { BenchCharger, LedgerLine, Mix } from './protocol'

/** What a charge consists of; the letters name the frames below. Twelve messages, six of them readings. */
const SESSION = [
  'authorize',
  'start',
  'charging',
  'meter',
  'meter',
  'meter',
  'meter',
  'meter',
  'meter',
  'heartbeat',
  'stop',
  'available',
] as const

type Step = (typeof SESSION)[number]

const WH_PER_READING = 120
const READING_MS = 60_000

export type BenchState = {
  readonly charger: BenchCharger
  step: number
  /** Heartbeats before the first charge of a run, so that the chargers do not march in step. */
  lead: number
  serial: number
  clockMs: number
  registerWh: number
  open: LedgerLine | null
  finished: LedgerLine[]
  /** Frames acknowledged since the charger was made, boot included. */
  acked: number
  sent: Step | 'boot' | null
}

export const newBenchState = (
  charger: BenchCharger,
  index: number,
  clockStart: number,
): BenchState => ({
  charger,
  step: 0,
  lead: 0,
  serial: 0,
  clockMs: clockStart + index * 7,
  registerWh: 1000 + index,
  open: null,
  finished: [],
  acked: 0,
  sent: null,
})

/** Spreads the chargers of a run over the steps of a charge. */
export function stagger(state: BenchState, index: number): void {
  state.lead = index % SESSION.length
}

/**
 * How a client words its frames. `lean` concatenates text, for the cheapest load; `plain` makes objects and stringifies
 * them, as the software of an ordinary charger does. Both say the same (frames.test.ts).
 */
export type Wording = 'lean' | 'plain'

export function bootFrame(state: BenchState, wording: Wording): string {
  return wordedFrame(state, 'boot', wording)
}

/**
 * The next frame of the mix. With `draining` an open charge is brought to its end first and then there is nothing
 * left to say (`null`), so that a run ends with the ledger closed.
 */
export function nextFrame(
  state: BenchState,
  mix: Mix,
  draining: boolean,
  wording: Wording,
): string | null {
  const step = nextStep(state, mix, draining)
  if (!step) {
    state.sent = null
    return null
  }
  return wordedFrame(state, step, wording)
}

function wordedFrame(state: BenchState, step: Step | 'boot', wording: Wording): string {
  state.sent = step
  state.serial += 1
  if (step === 'start' || step === 'meter' || step === 'stop') state.clockMs += READING_MS
  if (step === 'meter') state.registerWh += WH_PER_READING
  const action = actions[step]
  return wording === 'lean'
    ? `[2,"b${state.serial}","${action}",${leanPayload(state, step)}]`
    : JSON.stringify([2, `b${state.serial}`, action, plainPayload(state, step)])
}

function nextStep(state: BenchState, mix: Mix, draining: boolean): Step | null {
  const step = plannedStep(state, mix, draining)
  // A start that was refused leaves nothing to read or to stop.
  return (step === 'meter' || step === 'stop') && !state.open ? 'heartbeat' : step
}

function plannedStep(state: BenchState, mix: Mix, draining: boolean): Step | null {
  if (mix === 'heartbeat') return draining ? null : 'heartbeat'
  if (mix === 'meter') {
    if (draining) return state.open ? 'stop' : null
    return state.open ? 'meter' : 'start'
  }
  if (draining && state.step === 0) return null
  if (state.lead > 0) {
    state.lead -= 1
    return 'heartbeat'
  }
  const step = SESSION[state.step]!
  state.step = (state.step + 1) % SESSION.length
  return step
}

const actions: Record<Step | 'boot', string> = {
  boot: 'BootNotification',
  authorize: 'Authorize',
  start: 'StartTransaction',
  charging: 'StatusNotification',
  meter: 'MeterValues',
  heartbeat: 'Heartbeat',
  stop: 'StopTransaction',
  available: 'StatusNotification',
}

const time = (state: BenchState) => new Date(state.clockMs).toISOString()

function leanPayload(state: BenchState, step: Step | 'boot'): string {
  const { idTag } = state.charger
  switch (step) {
    case 'boot':
      return '{"chargePointVendor":"Bench","chargePointModel":"One","firmwareVersion":"1.0"}'
    case 'authorize':
      return `{"idTag":"${idTag}"}`
    case 'start':
      return `{"connectorId":1,"idTag":"${idTag}","meterStart":${state.registerWh},"timestamp":"${time(state)}"}`
    case 'charging':
      return `{"connectorId":1,"errorCode":"NoError","status":"Charging","timestamp":"${time(state)}"}`
    case 'available':
      return `{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"${time(state)}"}`
    case 'meter':
      return (
        `{"connectorId":1,"transactionId":${state.open!.transactionId},"meterValue":[{"timestamp":"${time(state)}","sampledValue":[` +
        `{"value":"${state.registerWh}","context":"Sample.Periodic","measurand":"Energy.Active.Import.Register","unit":"Wh"},` +
        `{"value":"7200","context":"Sample.Periodic","measurand":"Power.Active.Import","unit":"W"},` +
        `{"value":"31.3","context":"Sample.Periodic","measurand":"Current.Import","unit":"A","phase":"L1"},` +
        `{"value":"230.1","context":"Sample.Periodic","measurand":"Voltage","unit":"V","phase":"L1-N"}]}]}`
      )
    case 'heartbeat':
      return '{}'
    case 'stop':
      return `{"transactionId":${state.open!.transactionId},"idTag":"${idTag}","meterStop":${state.registerWh},"timestamp":"${time(state)}","reason":"EVDisconnected"}`
  }
}

function plainPayload(state: BenchState, step: Step | 'boot'): object {
  const { idTag } = state.charger
  const timestamp = time(state)
  switch (step) {
    case 'boot':
      return { chargePointVendor: 'Bench', chargePointModel: 'One', firmwareVersion: '1.0' }
    case 'authorize':
      return { idTag }
    case 'start':
      return { connectorId: 1, idTag, meterStart: state.registerWh, timestamp }
    case 'charging':
      return { connectorId: 1, errorCode: 'NoError', status: 'Charging', timestamp }
    case 'available':
      return { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp }
    case 'meter':
      return {
        connectorId: 1,
        transactionId: state.open!.transactionId,
        meterValue: [{ timestamp, sampledValue: sampledValues(state.registerWh) }],
      }
    case 'heartbeat':
      return {}
    case 'stop':
      return {
        transactionId: state.open!.transactionId,
        idTag,
        meterStop: state.registerWh,
        timestamp,
        reason: 'EVDisconnected',
      }
  }
}

const sampledValues = (registerWh: number) => {
  const context = 'Sample.Periodic'
  return [
    { value: String(registerWh), context, measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
    { value: '7200', context, measurand: 'Power.Active.Import', unit: 'W' },
    { value: '31.3', context, measurand: 'Current.Import', unit: 'A', phase: 'L1' },
    { value: '230.1', context, measurand: 'Voltage', unit: 'V', phase: 'L1-N' },
  ]
}

/**
 * Books the acknowledged frame. `transactionId` reads the answer and is asked only after a start. Answers false when
 * the answer of a start holds no transaction id.
 */
export function bookAck(state: BenchState, transactionId: () => number): boolean {
  state.acked += 1
  switch (state.sent) {
    case 'start': {
      const id = transactionId()
      if (!(id > 0)) return false
      state.open = {
        identity: state.charger.identity,
        transactionId: id,
        meterStartWh: state.registerWh,
        meterStopWh: null,
        samplesAcked: 0,
        lastSampleWh: state.registerWh,
      }
      return true
    }
    case 'meter':
      state.open!.samplesAcked += 1
      state.open!.lastSampleWh = state.registerWh
      return true
    case 'stop':
      state.open!.meterStopWh = state.registerWh
      state.finished.push(state.open!)
      state.open = null
      return true
    default:
      return true
  }
}
