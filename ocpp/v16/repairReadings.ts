/** Repairs of meter readings (`meterValue`, `transactionData`): lists that are not, old names, numbers for texts. */
import { sayTime, type Notes } from './repairNotes'

type Row = Record<string, unknown>

const measurands = byLowerCase(
  'Energy.Active.Export.Register Energy.Active.Import.Register Energy.Reactive.Export.Register ' +
    'Energy.Reactive.Import.Register Energy.Active.Export.Interval Energy.Active.Import.Interval ' +
    'Energy.Reactive.Export.Interval Energy.Reactive.Import.Interval Power.Active.Export Power.Active.Import ' +
    'Power.Offered Power.Reactive.Export Power.Reactive.Import Power.Factor Current.Import Current.Export ' +
    'Current.Offered Voltage Frequency Temperature SoC RPM',
)
const contexts = byLowerCase(
  'Interruption.Begin Interruption.End Sample.Clock Sample.Periodic Transaction.Begin Transaction.End Trigger Other',
)
const formats = byLowerCase('Raw SignedData')
const phases = byLowerCase('L1 L2 L3 N L1-N L2-N L3-N L1-L2 L2-L3 L3-L1')
const locations = byLowerCase('Cable EV Inlet Outlet Body')

/**
 * How each member of a sample is read. An unknown measurand or phase is kept as it is: without it the value would
 * count as the import register, or as a total. An unknown context, format or location goes, and the default holds.
 */
const members: Record<
  string,
  { known: ReadonlyMap<string, string> | null; keepsUnknown: boolean }
> = {
  context: { known: contexts, keepsUnknown: false },
  format: { known: formats, keepsUnknown: false },
  measurand: { known: measurands, keepsUnknown: true },
  phase: { known: phases, keepsUnknown: true },
  location: { known: locations, keepsUnknown: false },
  unit: { known: null, keepsUnknown: true },
}

/** A list of readings that the schema can take; what is no reading at all is left out. */
export function repairReadings(value: unknown, path: string, said: Notes): unknown {
  const readings = listOf(value, path, said)
  if (!readings) return value
  const repaired: Row[] = []
  for (let index = 0; index < readings.length; index++) {
    const at = `${path}[${index}]`
    const reading = readings[index]
    if (isRow(reading)) repaired.push(repairReading(reading, at, said))
    else said.add(at, 'dropped')
  }
  return repaired
}

function repairReading(reading: Row, path: string, said: Notes): Row {
  const samples: Row[] = []
  const list = samplesOf(reading, path, said)
  for (let index = 0; index < list.length; index++) {
    const sample = repairSample(list[index], `${path}.sampledValue[${index}]`, said)
    if (sample) samples.push(sample)
  }
  const timestamp = textOf(reading.timestamp)
  sayTime(reading.timestamp, `${path}.timestamp`, said)
  return timestamp ? { timestamp, sampledValue: samples } : { sampledValue: samples }
}

/** `sampledValue`, or by its names in OCPP 1.5 and in firmware that half knows it: `values`, `value`. */
function samplesOf(reading: Row, path: string, said: Notes): unknown[] {
  for (const name of ['sampledValue', 'values', 'value']) {
    const value = reading[name]
    if (value === undefined || value === null) continue
    if (name !== 'sampledValue') said.add(`${path}.${name}`, 'read as sampledValue')
    return listOf(value, `${path}.${name}`, said) ?? [{ value }]
  }
  said.add(`${path}.sampledValue`, 'is missing')
  return []
}

function repairSample(sample: unknown, path: string, said: Notes): Row | null {
  const value = isRow(sample) ? textOf(sample.value ?? sample.values) : textOf(sample)
  if (value === undefined || value.trim() === '') {
    said.add(path, 'dropped')
    return null
  }
  const row: Row = { value }
  if (!isRow(sample)) {
    said.add(path, 'put right')
    return row
  }
  if (value !== sample.value) said.add(`${path}.value`, 'put right')
  for (const member in sample) {
    if (member === 'value' || member === 'values') continue
    const mended = Object.hasOwn(members, member) ? mendMember(member, sample[member]) : undefined
    if (mended === undefined) said.add(`${path}.${member}`, 'dropped')
    else if (mended !== sample[member]) said.add(`${path}.${member}`, 'put right')
    else if (members[member]!.known?.has(mended.toLowerCase()) === false)
      said.add(`${path}.${member}`, 'is not listed in the standard')
    if (mended !== undefined) row[member] = mended
  }
  return row
}

function mendMember(member: string, value: unknown): string | undefined {
  const { known, keepsUnknown } = members[member]!
  const text = textOf(value)?.trim()
  if (text === undefined || text === '') return undefined
  return known?.get(text.toLowerCase()) ?? (keepsUnknown ? text : undefined)
}

function listOf(value: unknown, path: string, said: Notes): unknown[] | null {
  if (Array.isArray(value)) return value
  if (!isRow(value)) return null
  said.add(path, 'became a list')
  return [value]
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : undefined
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function byLowerCase(words: string): ReadonlyMap<string, string> {
  return new Map(words.split(' ').map((word) => [word.toLowerCase(), word]))
}
