import { currencyDigits, microsOfMinor, roundHalfUp, splitTax } from '../money'
import type { ReadElement } from './match'
import type { Point } from './timeline'
import type { ComponentType, LedgerKind, LedgerLine, PriceComponent, Tariff } from './types'

export type Price = {
  lines: LedgerLine[]
  /** Null where the price is not known: never a zero for want of an answer. */
  netMinor: number | null
  taxMinor: number | null
  totalMinor: number | null
  currency: string
  /** Why a person has to look at it; null where nobody has to. */
  needsReview: string | null
}

/** `lineAmountMinor`: what a line comes to before tax is split off or added; the check anyone can repeat. */
export function lineAmountMinor(
  kind: LedgerKind,
  quantity: number,
  rateMicros: number,
  currency: string,
): number {
  const digits = currencyDigits(currency)
  if (kind === 'energy') return roundHalfUp(quantity, rateMicros, 10 ** (9 - digits))
  if (kind === 'time' || kind === 'parking')
    return roundHalfUp(quantity, rateMicros, 60 * 10 ** (6 - digits))
  return roundHalfUp(quantity, rateMicros, 10 ** (6 - digits))
}

export type Found = { element: ReadElement; component: PriceComponent } | null

/** Collects quantities per element and dimension, and turns them into lines at the end. */
export class Ledger {
  hasFlat = false
  private readonly lines: LedgerLine[] = []
  private readonly open: Partial<Record<ComponentType, LedgerLine>> = {}
  private readonly steps: Partial<Record<ComponentType, number>> = {}

  private readonly ofElement = new Map<string, LedgerLine>()

  /**
   * `isMerging`: one line per element and dimension, however often the price went to and fro. For prices that follow
   * the power: it changes with every reading, and a penny rounded a hundred times is no longer the price.
   */
  constructor(
    private readonly tariff: Tariff,
    private readonly isMerging = false,
  ) {}

  add(kind: ComponentType, found: Found, quantity: number, from: Point, until: Point): void {
    if (!found) return
    const { element, component } = found
    if (kind === 'flat') this.hasFlat = true
    this.steps[kind] = component.stepSize ?? 0
    const key = `${kind} ${element.index}`
    const open = this.isMerging ? this.ofElement.get(key) : this.open[kind]
    if (open && open.element === element.index) {
      open.quantity += quantity
      open.until = new Date(until.at)
      this.open[kind] = open
      return
    }
    const line: LedgerLine = {
      kind,
      quantity,
      unit: kind === 'energy' ? 'Wh' : kind === 'flat' ? 'session' : 's',
      rateMicros: component.rateMicros,
      amountMinor: 0,
      taxMinor: 0,
      from: new Date(from.at),
      until: new Date(until.at),
      taxBasisPoints: component.taxBasisPoints ?? this.tariff.taxBasisPoints,
      taxIncluded: this.tariff.taxIncluded,
      element: element.index,
    }
    this.open[kind] = line
    this.ofElement.set(key, line)
    this.lines.push(line)
  }

  close(end: {
    energyWh: number
    hasEnded: boolean
    gap: Point | null
    problem: string | null
    start: number
    end: number
  }): Price {
    const { currency } = this.tariff
    this.roundUpToSteps()
    for (const line of this.lines)
      this.fill(line, lineAmountMinor(line.kind, line.quantity, line.rateMicros, currency))
    if (end.gap)
      return {
        ...unknown(
          currency,
          `The tariff has no price for the time from ${new Date(end.gap.at).toISOString()}.`,
        ),
        lines: this.lines,
      }
    this.keepWithin(end)
    let netMinor = 0
    let taxMinor = 0
    for (const line of this.lines) {
      netMinor += line.amountMinor
      taxMinor += line.taxMinor
    }
    return {
      lines: this.lines,
      netMinor,
      taxMinor,
      totalMinor: netMinor + taxMinor,
      currency,
      needsReview: end.problem,
    }
  }

  /** As OCPI does: the total of a dimension is rounded up to the step of its last price, once per session. */
  private roundUpToSteps(): void {
    for (const kind of ['energy', 'time', 'parking'] as const) {
      const last = this.open[kind]
      const step = this.steps[kind] ?? 0
      if (!last || step <= 1) continue
      let total = 0
      for (const line of this.lines) if (line.kind === kind) total += line.quantity
      last.quantity += Math.ceil(total / step) * step - total
    }
  }

  /** Minimum and maximum include tax. A session without energy owes no minimum, a running one not yet. */
  private keepWithin(end: {
    energyWh: number
    hasEnded: boolean
    start: number
    end: number
  }): void {
    const { minMinor, maxMinor } = this.tariff
    const total = this.lines.reduce((sum, line) => sum + line.amountMinor + line.taxMinor, 0)
    const owesMinimum = end.hasEnded && end.energyWh > 0
    if (owesMinimum && minMinor && total < minMinor) this.adjust('minimum', minMinor - total, end)
    if (maxMinor !== undefined && maxMinor !== null && total > maxMinor)
      this.adjust('maximum', maxMinor - total, end)
  }

  private adjust(
    kind: 'minimum' | 'maximum',
    differenceMinor: number,
    { start, end }: { start: number; end: number },
  ): void {
    const line: LedgerLine = {
      kind,
      quantity: 1,
      unit: 'session',
      rateMicros: microsOfMinor(differenceMinor, this.tariff.currency),
      amountMinor: 0,
      taxMinor: 0,
      from: new Date(start),
      until: new Date(end),
      taxBasisPoints: this.tariff.taxBasisPoints,
      taxIncluded: true,
      element: -1,
    }
    this.fill(line, differenceMinor)
    this.lines.push(line)
  }

  private fill(line: LedgerLine, amountMinor: number): void {
    const { netMinor, taxMinor } = splitTax(amountMinor, line.taxBasisPoints, line.taxIncluded)
    line.amountMinor = netMinor
    line.taxMinor = taxMinor
  }
}

/** A price that is not known, and why. */
export function unknown(currency: string, needsReview: string): Price {
  return { lines: [], netMinor: null, taxMinor: null, totalMinor: null, currency, needsReview }
}
