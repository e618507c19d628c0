import type { Reading, ReadingValue } from '../facts'
import { readDeviceTime } from '../deviceTime'

/** One instant of one meter, in our units; a row of `telemetry.meter_samples`. */
export type MeterReading = {
  at: Date
  deviceTime: string | null
  skewMs: number | null
  plausible: boolean
  /** OCPP's reading context; readings of different contexts are different rows (QUIRKS 48). */
  context: string
  /** The import register in whole Wh: the total, else the sum of the phases. Never negative. */
  energyWh: number | null
  energyFrom: 'total' | 'phases' | null
  powerW: number | null
  /** A, by phase L1 L2 L3; a value without a phase is L1's. */
  currents: [number | null, number | null, number | null]
  /** V against neutral, by phase. */
  voltages: [number | null, number | null, number | null]
  socPercent: number | null
  /** Everything else, in base units, keyed `Measurand[@Location][.Phase]`; also what could not be believed, as sent. */
  rest: Record<string, number | string> | null
}

/** `OCPP 1.6 ed2 §7.31, §7.43, §7.45`: what an absent member means (QUIRKS 42). */
const defaultMeasurand = 'Energy.Active.Import.Register'
const defaultContext = 'Sample.Periodic'
const defaultLocation = 'Outlet'

/** Beyond this a register is noise (int64 garbage from a Modbus read), not 1 TWh of charging. */
const energyWhMax = 1e12

/**
 * `normaliseMeterValue`: the reading of the first context in it; for the rare reading that mixes contexts
 * (Transaction.Begin and .End in one entry) use `normaliseReadings`.
 */
export function normaliseMeterValue(reading: Reading, receivedAt: Date): MeterReading {
  const values = reading.values
  const context = values.length > 0 ? contextOf(values[0]!) : defaultContext
  return readContext(reading, context, receivedAt)
}

/** `normaliseReadings`: one row per reading and context, in the order the charger sent them; empty readings give none. */
export function normaliseReadings(readings: readonly Reading[], receivedAt: Date): MeterReading[] {
  const rows: MeterReading[] = []
  for (const reading of readings) {
    const values = reading.values
    if (values.length === 0) continue
    const first = contextOf(values[0]!)
    rows.push(readContext(reading, first, receivedAt))
    let others: string[] | null = null
    for (let index = 1; index < values.length; index++) {
      const context = contextOf(values[index]!)
      if (context === first || others?.includes(context)) continue
      ;(others ??= []).push(context)
      rows.push(readContext(reading, context, receivedAt))
    }
  }
  return rows
}

function contextOf(value: ReadingValue): string {
  return value.context || defaultContext
}

function readContext(reading: Reading, context: string, receivedAt: Date): MeterReading {
  const time = readDeviceTime(reading.deviceTime, receivedAt)
  const row: MeterReading = {
    at: time.at,
    deviceTime: time.deviceTime,
    skewMs: time.skewMs,
    plausible: time.plausible,
    context,
    energyWh: null,
    energyFrom: null,
    powerW: null,
    currents: [null, null, null],
    voltages: [null, null, null],
    socPercent: null,
    rest: null,
  }
  const sums = { energyWh: NaN, powerW: NaN, inletWh: NaN }
  for (const value of reading.values) if (contextOf(value) === context) readValue(row, sums, value)
  if (row.energyWh === null) {
    if (!Number.isNaN(sums.energyWh)) {
      row.energyWh = Math.round(sums.energyWh)
      row.energyFrom = 'phases'
    } else if (!Number.isNaN(sums.inletWh)) {
      row.energyWh = sums.inletWh
      row.energyFrom = 'total'
    }
  }
  if (row.powerW === null && !Number.isNaN(sums.powerW)) row.powerW = sums.powerW
  return row
}

type Sums = { energyWh: number; powerW: number; inletWh: number }

function readValue(row: MeterReading, sums: Sums, value: ReadingValue): void {
  const measurand = value.measurand || defaultMeasurand
  if (value.format === 'SignedData') return keep(row, `${measurand}.Signed`, value.value)
  const number = numberOf(value.value)
  if (Number.isNaN(number)) {
    if (value.value !== '') keep(row, keyOf(measurand, value), value.value)
    return
  }
  const phase = phaseOf(value.phase)
  switch (measurand) {
    case 'Energy.Active.Import.Register':
      return readEnergy(row, sums, value, number * scaleOf(value.unit))
    case 'Power.Active.Import':
      if (phase === total) row.powerW = number * scaleOf(value.unit)
      else if (phase >= 0) sums.powerW = plus(sums.powerW, number * scaleOf(value.unit))
      else keep(row, keyOf(measurand, value), number * scaleOf(value.unit))
      return
    case 'Current.Import':
      return readPhase(row, row.currents, value, phase, number * scaleOf(value.unit))
    case 'Voltage':
      return readPhase(row, row.voltages, value, phase, number * scaleOf(value.unit))
    case 'SoC':
      if (number >= 0 && number <= 100 && (value.location ?? 'EV') !== 'Body')
        row.socPercent = number
      else keep(row, keyOf(measurand, value), number)
      return
    case 'Temperature':
      return keep(row, keyOf(measurand, value), celsiusOf(number, value.unit))
    default:
      return keep(row, keyOf(measurand, value), number * scaleOf(value.unit))
  }
}

/** The grid side of the charger (`Inlet`, `Body`) also counts losses: it is the register only where there is no other. */
function readEnergy(row: MeterReading, sums: Sums, value: ReadingValue, wh: number): void {
  const phase = phaseOf(value.phase)
  const isGridSide = value.location === 'Inlet' || value.location === 'Body'
  // −1 and int64 leftovers are "no value" in several firmwares (QUIRKS 44): kept as sent, never reckoned with.
  if (wh < 0 || wh > energyWhMax) return keep(row, keyOf(defaultMeasurand, value), value.value)
  if (isGridSide) {
    if (phase === total) sums.inletWh = Math.round(wh)
    return keep(row, keyOf(defaultMeasurand, value), wh)
  }
  if (phase === total) {
    row.energyWh = Math.round(wh)
    row.energyFrom = 'total'
    return
  }
  if (phase >= 0) sums.energyWh = plus(sums.energyWh, wh)
  keep(row, keyOf(defaultMeasurand, value), wh)
}

function readPhase(
  row: MeterReading,
  phases: MeterReading['currents'],
  value: ReadingValue,
  phase: number,
  number: number,
): void {
  if (phase >= 0 && isAtTheCar(value)) phases[phase] = number
  // A value without a phase does not overwrite what L1 said of itself.
  else if (phase === total && isAtTheCar(value)) phases[0] ??= number
  else keep(row, keyOf(value.measurand!, value), number)
}

function isAtTheCar(value: ReadingValue): boolean {
  return value.location !== 'Inlet' && value.location !== 'Body'
}

const total = -1
const between = -2

/** 0, 1, 2 for a phase (against neutral or not), −1 for the total, −2 for N and phase-to-phase. */
function phaseOf(phase: string | undefined): number {
  switch (phase) {
    case undefined:
    case '':
      return total
    case 'L1':
    case 'L1-N':
      return 0
    case 'L2':
    case 'L2-N':
      return 1
    case 'L3':
    case 'L3-N':
      return 2
    default:
      return between
  }
}

/** What a value has to be multiplied by to stand in Wh, W, A, V…; absent and unknown units count as base units. */
function scaleOf(unit: string | undefined): number {
  switch (unit) {
    case undefined:
    case 'Wh':
    case 'W':
    case 'A':
    case 'V':
    case 'Percent':
      return 1
    case 'kWh':
    case 'kW':
      return 1000
    default:
      return oddScaleOf(unit)
  }
}

/** Spellings outside the enumeration (QUIRKS 43); `MW` is a megawatt, `mW` a milliwatt, so the prefix keeps its case. */
function oddScaleOf(unit: string): number {
  const bare = unit.trim()
  if (bare.length < 2) return 1
  const base = bare.slice(1).toLowerCase()
  if (!(base in { w: 0, wh: 0, va: 0, var: 0, varh: 0, vah: 0, a: 0, v: 0 })) return 1
  switch (bare[0]) {
    case 'k':
    case 'K':
      return 1000
    case 'M':
      return 1_000_000
    case 'm':
      return 0.001
    case 'd':
      return 0.1
    default:
      return 1
  }
}

function celsiusOf(number: number, unit: string | undefined): number {
  if (unit === 'K' || unit === 'Kelvin') return number - 273.15
  if (unit === 'Fahrenheit') return ((number - 32) * 5) / 9
  return number
}

/**
 * NaN for anything that is not one number of a size a meter can show; a decimal comma is a point (seen with German
 * locales). The bounds also keep a column of type `real` from refusing the row (1e300 and 1e-300 are errors there).
 */
function numberOf(text: string): number {
  if (text === '') return NaN
  let number = +text
  if (Number.isNaN(number) && text.indexOf(',') > 0) number = +text.replace(',', '.')
  if (number === 0 && text.trim() === '') return NaN
  if (number < 1e-9 && number > -1e-9) return 0
  return number < 1e20 && number > -1e20 ? number : NaN
}

function plus(sum: number, value: number): number {
  return Number.isNaN(sum) ? value : sum + value
}

function keyOf(measurand: string, value: ReadingValue): string {
  const location = value.location && value.location !== defaultLocation ? `@${value.location}` : ''
  return value.phase ? `${measurand}${location}.${value.phase}` : `${measurand}${location}`
}

function keep(row: MeterReading, key: string, value: number | string): void {
  const rest = (row.rest ??= Object.create(null) as Record<string, number | string>)
  rest[key] = value
}
