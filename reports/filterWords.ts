import type { PlaceNames } from '@/db/queries/reportPlaces'
import type { ReportParams } from './report'

const words = {
  charger: 'charger',
  site: 'site',
  region: 'region',
  operator: 'operator',
  driver: 'user',
  fleet: 'fleet',
  priceGroup: 'price group',
} as const

/** `filterWords`: the filter as a reader of the file wants to know it. */
export function filterWords(names: PlaceNames, params: ReportParams): string {
  const said = (Object.keys(words) as (keyof typeof words)[]).flatMap((key) =>
    params[key] ? [`${words[key]} ${names[key] ?? 'that is not there'}`] : [],
  )
  const [first, ...others] = said
  if (first === undefined) return 'All sites'
  return [first.charAt(0).toUpperCase() + first.slice(1), ...others].join(', ')
}
