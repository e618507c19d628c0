/**
 * What chargers get wrong in 1.6 payloads without meaning anything else (QUIRKS 19, 37, 42, 43, 46). Reports of facts
 * (Start, Stop, MeterValues) are rebuilt from the members the standard knows: what can be read is put right, what is
 * optional and beyond use is dropped, and a required member beyond use is left for the validator to name. Of other
 * calls only optional members are touched: whoever sends a wrong `idTag` to Authorize is told.
 */
import type { Repair } from '../version'
import { notes, sayTime, type Notes } from './repairNotes'
import { repairReadings } from './repairReadings'

type Row = Record<string, unknown>
/** Gives the member as it should be, `undefined` where it is beyond use. */
type Mend = (value: unknown) => unknown

/** `required` members beyond use stay as they are. */
type Members = Record<string, { mend: Mend; required?: boolean }>

const integer: Mend = (value) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return Number.isInteger(number) ? number : undefined
}
/** Registers come as `1234.5` and as `"1234"`. Ids are never rounded: another number is another thing. */
const wattHours: Mend = (value) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? Math.round(number) : undefined
}
const text: Mend = (value) => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value : undefined
}
/** Any text may be a time (`domain/deviceTime` reads what it can); none at all means "when it came". */
const time: Mend = (value) => (value === '' ? undefined : text(value))

const reasons = new Map(
  'EmergencyStop EVDisconnected HardReset Local Other PowerLoss Reboot Remote SoftReset UnlockCommand DeAuthorized'
    .split(' ')
    .map((reason) => [reason.toLowerCase(), reason]),
)
/** No reason means Local, "someone stopped it at the charger": an unknown one is not that. */
const reason: Mend = (value) => {
  if (typeof value !== 'string' || value.trim() === '') return undefined
  return reasons.get(value.trim().toLowerCase()) ?? 'Other'
}

const reports: Record<string, Members> = {
  StartTransaction: {
    connectorId: { mend: integer, required: true },
    idTag: { mend: text, required: true },
    meterStart: { mend: wattHours, required: true },
    timestamp: { mend: time },
    reservationId: { mend: integer },
  },
  StopTransaction: {
    transactionId: { mend: integer, required: true },
    idTag: { mend: text },
    meterStop: { mend: wattHours },
    timestamp: { mend: time },
    reason: { mend: reason },
    transactionData: { mend: (value) => value },
  },
  MeterValues: {
    connectorId: { mend: integer, required: true },
    transactionId: { mend: integer },
    meterValue: { mend: (value) => value, required: true },
  },
}

const optionalMembers: Record<string, Members> = {
  BootNotification: {
    chargePointSerialNumber: { mend: text },
    chargeBoxSerialNumber: { mend: text },
    firmwareVersion: { mend: text },
    iccid: { mend: text },
    imsi: { mend: text },
    meterType: { mend: text },
    meterSerialNumber: { mend: text },
  },
  StatusNotification: {
    info: { mend: text },
    timestamp: { mend: time },
    vendorId: { mend: text },
    vendorErrorCode: { mend: text },
  },
  DataTransfer: { messageId: { mend: text }, data: { mend: text } },
  LogStatusNotification: { requestId: { mend: integer } },
  SecurityEventNotification: { timestamp: { mend: time }, techInfo: { mend: text } },
  SignedFirmwareStatusNotification: { requestId: { mend: integer } },
}

/** Never throws; walks no deeper than the schema does. `null` where there is nothing to repair by. */
export function repair(action: string, payload: unknown): Repair | null {
  if (!isRow(payload)) return null
  const said = notes()
  const report = Object.hasOwn(reports, action) ? reports[action] : undefined
  if (report) return { payload: rebuilt(payload, report, said), repairs: said.list }
  const optional = Object.hasOwn(optionalMembers, action) ? optionalMembers[action] : undefined
  return optional ? { payload: touchedUp(payload, optional, said), repairs: said.list } : null
}

function rebuilt(payload: Row, members: Members, said: Notes): Row {
  const row: Row = {}
  const source = 'values' in payload ? renamed(payload, said) : payload
  for (const member in members) {
    const { mend, required } = members[member]!
    const value = source[member]
    const mended = value === undefined ? undefined : mend(value)
    if (mended !== undefined) row[member] = mended
    else if (required && value !== undefined) row[member] = value
    if (mended !== value) said.add(member, mended === undefined ? 'dropped' : 'put right')
    else if (member === 'timestamp') sayTime(value, member, said)
    else if (member === 'meterStop' && value === undefined) said.add(member, 'is missing')
  }
  for (const member in source) if (!(member in members)) said.add(member, 'dropped')
  for (const member of ['meterValue', 'transactionData'])
    if (row[member] !== undefined) row[member] = repairReadings(row[member], member, said)
  return row
}

/** OCPP 1.5 called the list of readings `values` (Huawei HA #1144, STV MeterValue15Deserializer). */
function renamed(payload: Row, said: Notes): Row {
  const { values, ...others } = payload
  if (others.meterValue !== undefined) return payload
  said.add('values', 'read as meterValue')
  return { ...others, meterValue: values }
}

function touchedUp(payload: Row, members: Members, said: Notes): Row {
  const row = { ...payload }
  for (const member in members) {
    const value = row[member]
    const mended = value === undefined ? undefined : members[member]!.mend(value)
    if (mended === value) {
      if (member === 'timestamp') sayTime(value, member, said)
      continue
    }
    // nothing said is nothing; something that cannot be read is told
    if (mended === undefined && value !== null && value !== '') continue
    said.add(member, mended === undefined ? 'dropped' : 'put right')
    if (mended === undefined) delete row[member]
    else row[member] = mended
  }
  return row
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
