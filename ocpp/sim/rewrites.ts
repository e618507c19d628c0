/** How faults change a payload before it is said; each leaves alone what it does not concern. */
export type Payload = Record<string, unknown>

/** Facts about the charger that a rewriting fault may use. */
export type Situation = {
  /** Runs from 0 with each frame that this charger sends. */
  serial: number
  now: Date
  /** The register at the start of the running charge; 0 when none runs. */
  meterStartWh: number
}

export const isTransaction = (action: string) =>
  action === 'StartTransaction' || action === 'StopTransaction' || action === 'MeterValues'

export const percentEncoded = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

/** Puts what `change` makes of it in place of every sampled value of a MeterValues or StopTransaction. */
export function eachValues(payload: Payload, change: (value: Payload) => Payload[]): Payload {
  const member = 'meterValue' in payload ? 'meterValue' : 'transactionData'
  const readings = payload[member] as { sampledValue: Payload[] }[] | undefined
  if (!readings) return payload
  return {
    ...payload,
    [member]: readings.map((one) => ({ ...one, sampledValue: one.sampledValue.flatMap(change) })),
  }
}

export const eachValue = (payload: Payload, change: (value: Payload) => Payload): Payload =>
  eachValues(payload, (value) => [change(value)])

/** A register as three, one per phase; together they count as much. */
export function perPhase(value: Payload): Payload[] {
  if (!isEnergy(value)) return [value]
  const whole = Number(value.value)
  const third = Math.floor(whole / 3)
  return [third, third, whole - 2 * third].map((part, index) => ({
    ...value,
    value: String(part),
    phase: `L${index + 1}`,
  }))
}

/** Puts `time` in place of every timestamp; `undefined` takes the member away. */
export function eachTime(payload: Payload, time: (text: string) => string | undefined): Payload {
  const entries = Object.entries(payload).flatMap(([key, value]): [string, unknown][] => {
    if (key === 'timestamp') {
      const changed = time(String(value))
      return changed === undefined ? [] : [[key, changed]]
    }
    return [
      [key, Array.isArray(value) ? value.map((one) => eachTime(one as Payload, time)) : value],
    ]
  })
  return Object.fromEntries(entries)
}

export const isEnergy = (value: Payload) =>
  value.measurand === undefined || value.measurand === 'Energy.Active.Import.Register'

export const asRegister = (change: (wh: number) => number) => (value: Payload) =>
  isEnergy(value) ? { ...value, value: String(change(Number(value.value))) } : value

export const onAction =
  (wanted: string, change: (payload: Payload, situation: Situation) => Payload) =>
  (action: string, payload: Payload, situation: Situation) =>
    action === wanted ? change(payload, situation) : payload

export const without = (payload: Payload, ...members: string[]) =>
  Object.fromEntries(Object.entries(payload).filter(([key]) => !members.includes(key)))

export const local = (text: string) => new Date(Date.parse(text) + 3_600_000).toISOString()
