import type { Restrictions, TariffElement } from './types'

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** `conditionWords`: when the price of an element holds, as people say it: "Night rate: Mon–Fri, 23:00–07:00". */
export function conditionWords(element: Pick<TariffElement, 'name' | 'restrictions'>): string {
  const conditions = element.restrictions ? wordsOf(element.restrictions) : []
  const told = conditions.join(', ')
  if (element.name && told) return `${element.name}: ${told}`
  return element.name || told || 'At any time'
}

function wordsOf(r: Restrictions): string[] {
  const kWh = (wh: number) => `${wh / 1000} kWh`
  const kW = (w: number) => `${w / 1000} kW`
  const minutes = (seconds: number) => `minute ${Math.round(seconds / 60)}`
  return [
    r.days?.length ? daysInWords(r.days) : null,
    r.startTime || r.endTime ? `${r.startTime ?? '00:00'}–${r.endTime ?? '24:00'}` : null,
    r.startDate ? `from ${r.startDate}` : null,
    r.endDate ? `before ${r.endDate}` : null,
    between(r.minWh, r.maxWh, kWh, 'from', 'up to'),
    between(r.minPowerW, r.maxPowerW, kW, 'at', 'below', ' or more'),
    between(r.minDurationSeconds, r.maxDurationSeconds, minutes, 'from', 'until'),
  ].filter((word) => word !== null)
}

function between(
  low: number | null | undefined,
  high: number | null | undefined,
  say: (value: number) => string,
  from: string,
  until: string,
  orMore = '',
): string | null {
  if (low != null && high != null) return `${from} ${say(low)}, ${until} ${say(high)}`
  if (low != null) return `${from} ${say(low)}${orMore}`
  return high != null ? `${until} ${say(high)}` : null
}

/** Days that follow each other as "Mon–Fri", others one by one. */
function daysInWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const runs: number[][] = []
  for (const day of sorted) {
    const run = runs.at(-1)
    if (run && run.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  const name = (day: number) => dayNames[day - 1] ?? '?'
  return runs
    .map((run) =>
      run.length > 2 ? `${name(run[0]!)}–${name(run.at(-1)!)}` : run.map(name).join(', '),
    )
    .join(', ')
}

export type PriceOrigin = {
  priceSource: string | null
  tariffName: string | null
  groupName: string | null
  discountBasisPoints: number | null
  siteName: string | null
  chargerName: string
}

/** `originWords`: why this price and no other, as a sentence; null where no price was set. */
export function originWords(origin: PriceOrigin): string | null {
  const { priceSource, chargerName, discountBasisPoints } = origin
  const tariff = origin.tariffName ? `“${origin.tariffName}”` : 'the tariff'
  const group = origin.groupName ? `“${origin.groupName}”` : 'their price group'
  const site = origin.siteName ?? 'the site'
  switch (priceSource) {
    case 'group-free':
      return `Charging is free for the price group ${group}.`
    case 'group-tariff':
      return `The price group ${group} pays by ${tariff}.`
    case 'group-discount':
      return `The price group ${group} has ${(discountBasisPoints ?? 0) / 100} % off ${tariff}.`
    case 'connector':
      return `This connector of ${chargerName} has ${tariff} of its own.`
    case 'charger':
      return `${chargerName} has ${tariff} of its own.`
    case 'charger-free':
      return `Charging is free at ${chargerName}.`
    case 'site':
      return `At ${site} holds ${tariff}.`
    case 'site-free':
      return `Charging is free at ${site}.`
    case 'default':
      return `${site} has no tariff of its own, so the default one, ${tariff}, holds.`
    case 'chosen':
      return `${tariff} was chosen for this session afterwards.`
    case 'chosen-free':
      return 'It was decided afterwards that this session is free.'
    default:
      return origin.tariffName ? `By ${tariff}.` : null
  }
}

/** `reviewAdvice`: what to do about a session that waits for a person, by why it waits. */
export function reviewAdvice(session: {
  costMinor: number | null
  energyWh: number | null
  priceSource: string | null
}): string {
  if (session.energyWh === null)
    return 'Look at the meter readings and the messages of the charger, then settle what is to be paid.'
  if (session.costMinor !== null)
    return 'The price below follows the energy that is most likely. Compare it with the power curve: accept it, or correct it.'
  if (session.priceSource === null)
    return 'Set a price on the site, so that the next session has one. Then price this one again, choose a tariff for it, or settle it.'
  return 'Put right what the sentence above names, then price it again; or settle what is to be paid.'
}
