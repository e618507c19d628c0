import { Ledger, unknown, type Price } from './ledger'
import {
  applies,
  matchComponent,
  needsZone,
  readElements,
  wallBoundaries,
  type ReadElement,
} from './match'
import {
  energyAt,
  powerAfter,
  powerChanges,
  readTimeline,
  whenReached,
  type EnergySample,
  type Point,
  type Timeline,
} from './timeline'
import { checkTariff, type ComponentType, type Tariff } from './types'
import { zoneOf, type Zone } from './zone'

export type { EnergySample } from './timeline'
export { lineAmountMinor, type Price } from './ledger'
export type { LedgerLine, Tariff } from './types'

export type PriceInput = {
  /** Ascending by `at` (UTC), cumulative `energyWh`; the first is the register at the start, the last that at the stop. */
  samples: readonly EnergySample[]
  startedAt: Date
  /** Null while it runs: then the price is that of now. */
  stoppedAt: Date | null
  /** As frozen at the start; null where there is none. */
  tariff: Tariff | null
  now: Date
  /** The site's zone, where the tariff brings none. */
  timezone?: string | null
  /** When the charge ended, where the status told; else the readings tell. */
  idleFrom?: Date | null
}

/**
 * `priceSession`: samples and a frozen tariff as ledger lines; the only place where a price is computed. Integers only;
 * each line is rounded once, tax after (`domain/money`). Throws nothing: what cannot be priced is said in `needsReview`.
 */
export function priceSession(input: PriceInput): Price {
  const { tariff, stoppedAt } = input
  if (!tariff) return unknown('', 'No price was set where and when this session began.')
  const compiled = compile(tariff)
  if (typeof compiled === 'string') return unknown(tariff.currency, compiled)
  const start = input.startedAt.getTime()
  const end = stoppedAt ? stoppedAt.getTime() : Math.max(start, input.now.getTime())
  if (Number.isNaN(start) || Number.isNaN(end))
    return unknown(tariff.currency, 'The times of this session cannot be read.')
  if (end < start) return unknown(tariff.currency, 'This session ended before it began.')
  if (compiled.needsEnergy && stoppedAt && input.samples.length < 2)
    return unknown(
      tariff.currency,
      'The meter was not read at both ends of this session, so its energy is not known.',
    )
  const zoneName = tariff.timezone || input.timezone
  const zone = compiled.needsZone && zoneName ? zoneOf(zoneName) : null
  if (compiled.needsZone && !zone)
    return unknown(
      tariff.currency,
      'The price depends on the time of day, but the time zone of the site is not known.',
    )

  const timeline = readTimeline(input.samples, start, end)
  if (input.idleFrom && input.idleFrom.getTime() < end)
    timeline.idleFrom = Math.max(start, input.idleFrom.getTime())
  const ledger = new Ledger(tariff, compiled.powerBounds.length > 0)
  const gap = walk(compiled, timeline, zone, ledger)
  return ledger.close({
    energyWh: timeline.wh.at(-1)!,
    hasEnded: stoppedAt !== null,
    gap,
    problem: timeline.problem,
    start,
    end,
  })
}

type Compiled = {
  elements: ReadElement[]
  needsZone: boolean
  needsEnergy: boolean
  hasEnergyPrice: boolean
  hasParking: boolean
  energyBounds: number[]
  powerBounds: number[]
  secondBounds: number[]
  graces: number[]
}

/** A tariff is frozen, so what was read of it once stays true. */
const compiledTariffs = new WeakMap<Tariff, Compiled | string>()

function compile(tariff: Tariff): Compiled | string {
  let compiled = compiledTariffs.get(tariff)
  if (compiled === undefined) compiledTariffs.set(tariff, (compiled = readTariff(tariff)))
  return compiled
}

function readTariff(tariff: Tariff): Compiled | string {
  const problem = checkTariff(tariff)
  if (problem) return problem
  const elements = readElements(tariff)
  if (typeof elements === 'string') return elements
  const finite = (bounds: number[]) =>
    [...new Set(bounds)].filter((bound) => bound > 0 && bound < Infinity)
  const energyBounds = finite(elements.flatMap(({ minWh, maxWh }) => [minWh, maxWh]))
  const powerBounds = finite(elements.flatMap(({ minPowerW, maxPowerW }) => [minPowerW, maxPowerW]))
  const hasEnergyPrice = elements.some(({ components }) => components.energy)
  return {
    elements,
    needsZone: elements.some(needsZone),
    needsEnergy: hasEnergyPrice || energyBounds.length > 0 || powerBounds.length > 0,
    hasEnergyPrice,
    hasParking: elements.some(({ components }) => components.parking),
    energyBounds,
    powerBounds,
    secondBounds: finite(
      elements.flatMap(({ minSeconds, maxSeconds }) => [minSeconds, maxSeconds]),
    ),
    graces: finite(elements.map(({ components }) => components.parking?.graceSeconds ?? 0)),
  }
}

/** Goes through the stretches in which nothing changes and writes them down; answers the first without a price. */
function walk(
  compiled: Compiled,
  timeline: Timeline,
  zone: Zone | null,
  ledger: Ledger,
): Point | null {
  const { elements } = compiled
  const { start } = timeline
  const hasPower = compiled.powerBounds.length > 0
  let gap: Point | null = null
  let from: Point = { at: start, wh: 0 }
  let fromSeconds = 0
  for (const to of cutsOf(compiled, timeline, zone)) {
    const toSeconds = Math.round((to.at - start) / 1000)
    const energyWh = to.wh - from.wh
    const seconds = toSeconds - fromSeconds
    const moment = {
      at: from.at,
      energyWh: from.wh,
      seconds: (from.at - start) / 1000,
      powerW: hasPower ? powerAfter(timeline, from.at) : 0,
    }
    const find = (type: ComponentType) => matchComponent(elements, type, moment, zone)
    if (!ledger.hasFlat) ledger.add('flat', find('flat'), 1, from, from)
    if (energyWh > 0 && compiled.hasEnergyPrice) {
      const energy = find('energy')
      if (energy) ledger.add('energy', energy, energyWh, from, to)
      else gap ??= from
    }
    if (energyWh > 0 || seconds > 0) {
      if (!elements.some((element) => applies(element, moment, zone))) gap ??= from
    }
    if (seconds > 0) {
      const isIdle = compiled.hasParking && from.at >= timeline.idleFrom
      if (!isIdle) ledger.add('time', find('time'), seconds, from, to)
      else {
        const parking = find('parking')
        const grace = (parking?.component.graceSeconds ?? 0) * 1000
        if (parking && from.at >= timeline.idleFrom + grace)
          ledger.add('parking', parking, seconds, from, to)
      }
    }
    from = to
    fromSeconds = toSeconds
  }
  return gap
}

/** The ends of the stretches, ascending, the session's end last. */
function cutsOf(compiled: Compiled, timeline: Timeline, zone: Zone | null): Point[] {
  const { start, end, idleFrom } = timeline
  const last: Point = { at: end, wh: timeline.wh.at(-1)! }
  const cuts: Point[] = []
  const cutAt = (at: number) => {
    if (at > start && at < end) cuts.push({ at, wh: energyAt(timeline, at) })
  }
  if (zone) for (const at of wallBoundaries(compiled.elements, zone, start, end)) cutAt(at)
  for (const seconds of compiled.secondBounds) cutAt(start + seconds * 1000)
  if (compiled.hasParking && idleFrom < end) {
    cutAt(idleFrom)
    for (const seconds of compiled.graces) cutAt(idleFrom + seconds * 1000)
  }
  for (const cut of powerChanges(timeline, compiled.powerBounds))
    if (cut.at > start && cut.at < end) cuts.push(cut)
  for (const wh of compiled.energyBounds) {
    const at = wh < last.wh ? whenReached(timeline, wh) : null
    if (at !== null) cuts.push({ at, wh })
  }
  cuts.sort((a, b) => a.at - b.at || a.wh - b.wh)
  // Rounding to whole Wh must not make the line fall between two cuts that lie close together.
  for (let index = 1; index < cuts.length; index++)
    cuts[index]!.wh = Math.max(cuts[index]!.wh, cuts[index - 1]!.wh)
  cuts.push(last)
  return cuts
}
