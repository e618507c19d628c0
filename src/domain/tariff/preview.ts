import { roundHalfUp } from '../money'
import type { Tariff } from './types'

/** One past session under the tariff as it was and as it would be; amounts with tax, in minor units. */
export type Tried = {
  group: string | null
  energyWh: number
  beforeMinor: number
  /** Null where the draft has no price for it. */
  afterMinor: number | null
}

export type GroupChange = {
  name: string
  sessions: number
  beforeMinor: number
  afterMinor: number
  cheaper: number
  dearer: number
}

export type Preview = Omit<GroupChange, 'name'> & {
  groups: GroupChange[]
  /** Sessions that the draft has no price for: they would need review, and are in no sum. */
  unpriced: number
  /** What the dearest of them came to per kWh, all in, in hundredths of a minor unit; of charges of 1 kWh and more. */
  dearestPerKWhHundredths: number | null
}

const leastWh = 1_000
export const noGroup = 'No price group'

/** `collectPreview`: takes sessions as they come, in any order; the largest change of a group comes first. */
export function collectPreview() {
  const groups = new Map<string, GroupChange>()
  let unpriced = 0
  let dearest: number | null = null
  return {
    add({ group, energyWh, beforeMinor, afterMinor }: Tried): void {
      if (afterMinor === null) {
        unpriced += 1
        return
      }
      const name = group ?? noGroup
      const sum = groups.get(name) ?? {
        name,
        sessions: 0,
        beforeMinor: 0,
        afterMinor: 0,
        cheaper: 0,
        dearer: 0,
      }
      sum.sessions += 1
      sum.beforeMinor += beforeMinor
      sum.afterMinor += afterMinor
      if (afterMinor < beforeMinor) sum.cheaper += 1
      if (afterMinor > beforeMinor) sum.dearer += 1
      groups.set(name, sum)
      if (energyWh >= leastWh)
        dearest = Math.max(dearest ?? 0, Math.ceil((afterMinor * 100_000) / energyWh))
    },
    result(): Preview {
      const all = [...groups.values()].sort(
        (a, b) =>
          Math.abs(b.afterMinor - b.beforeMinor) - Math.abs(a.afterMinor - a.beforeMinor) ||
          a.name.localeCompare(b.name, 'en-GB'),
      )
      const sum = (key: Exclude<keyof GroupChange, 'name'>) =>
        all.reduce((total, one) => total + one[key], 0)
      return {
        sessions: sum('sessions'),
        beforeMinor: sum('beforeMinor'),
        afterMinor: sum('afterMinor'),
        cheaper: sum('cheaper'),
        dearer: sum('dearer'),
        groups: all,
        unpriced,
        dearestPerKWhHundredths: dearest,
      }
    },
  }
}

/** `dearestEnergyMicros`: the highest price per kWh in a tariff, with tax, in millionths; null where none is per kWh. */
export function dearestEnergyMicros(tariff: Tariff): number | null {
  const rates = tariff.elements.flatMap(({ components }) =>
    components
      .filter(({ type }) => type === 'energy')
      .map(({ rateMicros, taxBasisPoints }) =>
        tariff.taxIncluded
          ? rateMicros
          : roundHalfUp(rateMicros, 10_000 + (taxBasisPoints ?? tariff.taxBasisPoints), 10_000),
      ),
  )
  return rates.length > 0 ? Math.max(...rates) : null
}
