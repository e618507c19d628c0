import { stateOf, type ChargeRow } from '@/db/queries/app/charges'
import type { ReceiptLine } from '@/db/queries/app/receipts'
import type { EvseRow, LocationRow } from '@/db/queries/app/locations'
import type { TariffNow } from '@/db/queries/app/prices'
import { evseStatus, ocpiStandard } from '@/domain/app/evse'
import { formatMinor, formatRate } from '@/domain/money'
import type { ComponentType } from '@/domain/tariff/types'

/** Rows as apps see them (`shapes.ts`). */

export const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null

export function evseView(row: EvseRow) {
  return {
    id: row.id,
    locationId: row.locationId,
    code: row.code,
    chargerName: row.chargerName,
    label: row.label,
    status: evseStatus(row.word, row.isConnected),
    statusSince: iso(row.statusSince),
    connectors: [
      {
        id: String(row.connectorNumber),
        standard: ocpiStandard(row.standard),
        name: row.standard,
        maxPowerW: row.maxPowerW,
      },
    ],
  }
}

export function locationView(
  row: LocationRow,
  evses: readonly EvseRow[],
  distanceM: number | null,
) {
  const shown = evses.map(evseView)
  const having = (...statuses: string[]) =>
    shown.filter(({ status }) => statuses.includes(status)).length
  const powers = evses.flatMap(({ maxPowerW }) => (maxPowerW === null ? [] : [maxPowerW]))
  const standards = shown.flatMap(({ connectors }) =>
    connectors.flatMap(({ standard }) => (standard === null ? [] : [standard])),
  )
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    coordinates:
      row.latitude === null || row.longitude === null
        ? null
        : { latitude: row.latitude, longitude: row.longitude },
    timeZone: row.timezone,
    openingHours: row.openingHours,
    distanceM,
    evseCount: evses.length,
    availableCount: having('AVAILABLE', 'BLOCKED'),
    chargingCount: having('CHARGING'),
    maxPowerW: powers.length > 0 ? Math.max(...powers) : null,
    standards: [...new Set(standards)].sort(),
    isFavourite: row.isFavourite,
    updatedAt: row.updatedAt.toISOString(),
  }
}

const ocpiTypes: Readonly<Record<ComponentType, string>> = {
  energy: 'ENERGY',
  time: 'TIME',
  flat: 'FLAT',
  parking: 'PARKING_TIME',
}
const per: Readonly<Record<ComponentType, string>> = {
  energy: 'per kWh',
  time: 'per minute',
  flat: 'per charge',
  parking: 'per minute after the charge',
}

export function tariffView({ id, name, tariff }: TariffNow) {
  const { currency } = tariff
  const summary = tariff.elements.flatMap((element) =>
    element.components.map((component) => {
      const grace = component.graceSeconds
        ? `, the first ${Math.round(component.graceSeconds / 60)} min free`
        : ''
      return `${formatRate(component.rateMicros, currency)} ${per[component.type]}${grace}${whenOf(element.restrictions)}`
    }),
  )
  if (tariff.minMinor) summary.push(`At least ${formatMinor(tariff.minMinor, currency)}`)
  if (tariff.maxMinor) summary.push(`At most ${formatMinor(tariff.maxMinor, currency)}`)
  summary.push(
    `${tariff.taxBasisPoints / 100} % tax ${tariff.taxIncluded ? 'included' : 'comes on top'}`,
  )
  return {
    id,
    name,
    currency,
    taxBasisPoints: tariff.taxBasisPoints,
    taxIncluded: tariff.taxIncluded,
    minMinor: tariff.minMinor ?? null,
    maxMinor: tariff.maxMinor ?? null,
    elements: tariff.elements.map((element) => ({
      priceComponents: element.components.map((component) => ({
        type: ocpiTypes[component.type],
        rateMicros: component.rateMicros,
        stepSize: component.stepSize ?? null,
        graceSeconds: component.graceSeconds ?? null,
        taxBasisPoints: component.taxBasisPoints ?? tariff.taxBasisPoints,
      })),
      restrictions: element.restrictions ?? null,
    })),
    summary,
  }
}

const dayNames = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function whenOf(restrictions: TariffNow['tariff']['elements'][number]['restrictions']): string {
  if (!restrictions) return ''
  const { days, endTime, startTime } = restrictions
  const parts = [
    days?.length ? days.map((day) => dayNames[day]).join(', ') : '',
    startTime || endTime ? `${startTime ?? '00:00'} to ${endTime ?? '24:00'}` : '',
  ].filter(Boolean)
  return parts.length > 0 ? ` (${parts.join(' ')})` : ''
}

export function chargeView(row: ChargeRow, now: Date) {
  const state = stateOf(row)
  const end = row.stoppedAt ?? now
  const hasLimit = row.limitWh !== null || row.limitMinor !== null || row.limitSeconds !== null
  return {
    id: row.id,
    number: row.number,
    state,
    stateReason:
      state === 'failed'
        ? (row.failure ?? row.commandReason)
        : state === 'needs_review'
          ? row.reviewReason
          : null,
    startedBy: row.startedBy,
    evseId: row.evseId,
    evseCode: row.evseCode,
    chargerName: row.chargerName,
    locationId: row.locationId,
    locationName: row.locationName,
    timeZone: row.timezone,
    requestedAt: iso(row.requestedAt),
    startedAt: iso(row.startedAt),
    stoppedAt: iso(row.stoppedAt),
    durationSeconds: row.startedAt
      ? Math.max(0, Math.round((end.getTime() - row.startedAt.getTime()) / 1000))
      : null,
    energyWh: row.energyWh === null ? null : Math.max(0, Math.round(row.energyWh)),
    powerW: row.powerW === null ? null : Math.round(row.powerW),
    socPercent: row.socPercent === null ? null : Math.round(row.socPercent),
    meterAt: iso(row.lastSampleAt),
    costMinor: row.costMinor,
    currency: row.currency,
    tariffId: row.tariffId,
    limit: hasLimit
      ? {
          energyWh: row.limitWh,
          amountMinor: row.limitMinor,
          minutes: row.limitSeconds === null ? null : Math.round(row.limitSeconds / 60),
        }
      : null,
    stopCause: row.stopCause,
    vehicleId: row.vehicleId,
    payment: row.payment ?? 'none',
    paymentId: row.failure === null ? row.paymentId : null,
    dueMinor: row.dueMinor,
  }
}

/** A place in a list, as an app hands it back. */
export function toCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** `fromCursor`: null for what is no cursor of ours. */
export function fromCursor(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown
  } catch {
    return null
  }
}

export function lineView(line: Omit<ReceiptLine, 'taxIncluded'>) {
  return {
    kind: line.kind,
    quantity: line.quantity,
    unit: line.unit,
    rateMicros: line.rateMicros,
    amountMinor: line.amountMinor,
    taxMinor: line.taxMinor,
    taxBasisPoints: line.taxBasisPoints,
    from: iso(line.from),
    until: iso(line.until),
  }
}
