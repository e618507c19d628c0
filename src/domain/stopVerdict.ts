/**
 * Why charging stopped, in words (S2): from the reason the charger gave, the statuses around the end and the power
 * curve. The reason alone is not enough: a full car ends as `Local`, `EVDisconnected` or `Other`, as its charger likes.
 */
export type StopVerdictCode =
  | 'ev-full'
  | 'unplugged'
  | 'power-lost'
  | 'fault'
  | 'emergency-stop'
  | 'remote'
  | 'limit'
  | 'driver'
  | 'card-refused'
  | 'restarted'
  | 'unlocked'
  | 'superseded'
  | 'unknown'

export type StopVerdict = {
  code: StopVerdictCode
  confidence: 'certain' | 'likely' | 'unsure'
  /** Two or three words for a list. */
  label: string
  sentence: string
  /** What it was derived from, each a short sentence. */
  evidence: string[]
  /** Whether "Start again" makes sense as things stand. */
  canStartAgain: boolean
}

export type StopEvidence = {
  /** As stored: OCPP's spelling, `superseded` of ours, null where the charger gave none (which means Local). */
  reason: string | null
  stoppedAt: Date
  /** The card shown at the stop, where one was. */
  stopIdTag?: string | null
  /** Statuses of the connector around the end, ascending. */
  statuses?: readonly { at: Date; status: string; errorCode?: string | null }[]
  /** The power curve, ascending. */
  samples?: readonly { at: Date; powerW?: number | null; socPercent?: number | null }[]
  /** A limit set for the session that was reached: `energy`, `amount`, `time`. */
  limitReached?: 'energy' | 'amount' | 'time' | null
  /** Who asked for the stop, where a command of ours did. */
  requestedBy?: string | null
}

/** Below this a car takes nothing. */
const restW = 100
const fullPercent = 98
/** So close to the end a status belongs to it. */
const aroundMs = 2 * 60_000

/** `stopVerdict`: never throws; with nothing to go by it says so. */
export function stopVerdict(input: StopEvidence): StopVerdict {
  const full = signsOfFull(input)
  const fault = faultAround(input)
  const reason = input.reason ?? 'Local'
  const evidence = [
    input.reason ? `The charger gave the reason ${input.reason}.` : 'The charger gave no reason.',
  ]
  const certain = (code: StopVerdictCode, sentence: string, more: string[] = []) =>
    verdict(code, 'certain', sentence, [...evidence, ...more])
  const likely = (code: StopVerdictCode, sentence: string, more: string[]) =>
    verdict(code, 'likely', sentence, [...evidence, ...more])
  switch (reason) {
    case 'EmergencyStop':
      return certain('emergency-stop', 'The emergency stop was pressed.')
    case 'PowerLoss':
      return certain('power-lost', 'The power supply of the charger was interrupted.')
    case 'Remote':
      if (input.limitReached)
        return certain('limit', `The ${input.limitReached} limit of this session was reached.`)
      return certain(
        'remote',
        `The charge was stopped remotely${input.requestedBy ? ` by ${input.requestedBy}` : ''}.`,
      )
    case 'DeAuthorized':
      return certain('card-refused', 'The card was not accepted for this charge.')
    case 'UnlockCommand':
      return certain('unlocked', 'The connector was unlocked remotely, which ends the charge.')
    case 'HardReset':
    case 'SoftReset':
      return certain('restarted', 'The charger was restarted remotely, which ends the charge.')
    case 'Reboot':
      return likely(
        'restarted',
        'The charger restarted by itself, which ends the charge.',
        fault.evidence,
      )
    case 'superseded':
      return certain(
        'superseded',
        'The charger began another charge on this connector without ending this one.',
      )
    case 'EVDisconnected':
      if (full.isFull)
        return likely(
          'ev-full',
          'The vehicle had stopped taking energy; then the plug was pulled.',
          full.evidence,
        )
      if (fault.isFault)
        return likely('fault', `A fault ended the charge: ${fault.code}.`, fault.evidence)
      return certain('unplugged', 'The plug was pulled at the vehicle or the charger.')
  }
  if (reason === 'Local' && input.stopIdTag && !fault.isFault)
    return certain(
      'driver',
      full.isFull
        ? 'The driver ended the charge at the charger; the vehicle had stopped taking energy.'
        : 'The driver ended the charge at the charger.',
      ['A card was shown at the stop.', ...full.evidence],
    )
  if (fault.isFault)
    return likely('fault', `A fault ended the charge: ${fault.code}.`, fault.evidence)
  if (full.isFull)
    return likely(
      'ev-full',
      'The vehicle stopped taking energy: most likely it is full.',
      full.evidence,
    )
  if (input.limitReached)
    return likely('limit', `The ${input.limitReached} limit of this session was reached.`, [])
  if (statusBefore(input) === 'SuspendedEVSE')
    return likely(
      'limit',
      'The charger had paused the charge: a power limit, a timer or a missing approval.',
      ['The connector was paused by the charger before the end.'],
    )
  if (reason === 'Local' && input.reason !== null)
    return likely('driver', 'The charge was ended at the charger.', [])
  if (full.wasCutOff)
    return verdict(
      'unknown',
      'unsure',
      'The charge ended while energy was flowing; the charger does not say why.',
      [...evidence, ...full.evidence],
    )
  return verdict('unknown', 'unsure', 'The charger does not say why the charge ended.', evidence)
}

const labels: Readonly<Record<StopVerdictCode, string>> = {
  'ev-full': 'Vehicle full',
  unplugged: 'Unplugged',
  'power-lost': 'Power lost',
  fault: 'Fault',
  'emergency-stop': 'Emergency stop',
  remote: 'Stopped remotely',
  limit: 'Limit reached',
  driver: 'Stopped by driver',
  'card-refused': 'Card refused',
  restarted: 'Charger restarted',
  unlocked: 'Unlocked remotely',
  superseded: 'Not closed by charger',
  unknown: 'Not known',
}

/** After these nothing is gained by trying at once: the car is full, the plug is out, the charger is down or dangerous. */
const notAgain: ReadonlySet<StopVerdictCode> = new Set([
  'ev-full',
  'unplugged',
  'power-lost',
  'emergency-stop',
  'card-refused',
])

function verdict(
  code: StopVerdictCode,
  confidence: StopVerdict['confidence'],
  sentence: string,
  evidence: string[],
): StopVerdict {
  return {
    code,
    confidence,
    label: labels[code],
    sentence,
    evidence,
    canStartAgain: !notAgain.has(code),
  }
}

type Fullness = { isFull: boolean; wasCutOff: boolean; evidence: string[] }

/** The signs of a full car: it said so, it paused by itself, or its power faded away before the end. */
function signsOfFull(input: StopEvidence): Fullness {
  const evidence: string[] = []
  const samples = (input.samples ?? []).filter(
    ({ at }) => at.getTime() <= input.stoppedAt.getTime() + aroundMs,
  )
  const soc = samples.findLast(({ socPercent }) => typeof socPercent === 'number')?.socPercent
  const isCharged = typeof soc === 'number' && soc >= fullPercent
  if (typeof soc === 'number')
    evidence.push(`The vehicle last reported ${Math.round(soc)} % charge.`)
  const isPaused = statusBefore(input) === 'SuspendedEV'
  if (isPaused) evidence.push('The vehicle had paused the charge by itself.')
  const powers = samples.flatMap(({ powerW }) =>
    typeof powerW === 'number' && Number.isFinite(powerW) ? [powerW] : [],
  )
  const curve = curveOf(powers)
  if (curve === 'faded')
    evidence.push(
      `The power faded from ${inKw(Math.max(...powers))} to ${inKw(powers.at(-1)!)} before the end.`,
    )
  if (curve === 'cut')
    evidence.push(`Power was at ${inKw(powers.at(-1)!)} in the last reading before the end.`)
  // A car that says 60 % and fades is limited by something else: cold, a timer, its own setting.
  const isFarFromFull = typeof soc === 'number' && soc < 80
  const isFull = isCharged || ((isPaused || curve === 'faded') && !isFarFromFull)
  return { isFull, wasCutOff: curve === 'cut', evidence }
}

/** faded: it charged, and the last readings fell to less than a fifth of the most · cut: it charged to the end. */
function curveOf(powers: readonly number[]): 'faded' | 'cut' | null {
  if (powers.length < 3) return null
  const most = Math.max(...powers)
  const last = powers.at(-1)!
  if (most < 1000) return null
  const tail = powers.slice(-3)
  const isFalling = tail.every((power, index) => index === 0 || power <= tail[index - 1]!)
  if (isFalling && (last < restW || last < most / 5)) return 'faded'
  return last > most / 2 ? 'cut' : null
}

function statusBefore({ statuses = [], stoppedAt }: StopEvidence): string | null {
  return (
    statuses.findLast(
      ({ at, status }) => at.getTime() <= stoppedAt.getTime() && status !== 'Finishing',
    )?.status ?? null
  )
}

function faultAround({ statuses = [], stoppedAt }: StopEvidence): {
  isFault: boolean
  code: string
  evidence: string[]
} {
  const found = statuses.find(
    ({ at, status, errorCode }) =>
      Math.abs(at.getTime() - stoppedAt.getTime()) <= aroundMs &&
      (status === 'Faulted' || (status !== 'Finishing' && !!errorCode && errorCode !== 'NoError')),
  )
  if (!found) return { isFault: false, code: '', evidence: [] }
  const code = found.errorCode && found.errorCode !== 'NoError' ? found.errorCode : found.status
  return { isFault: true, code, evidence: [`The connector reported ${code} at the end.`] }
}

function inKw(powerW: number): string {
  return `${(powerW / 1000).toFixed(1)} kW`
}
