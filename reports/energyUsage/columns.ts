import type { EnergyDimension } from '@/db/queries/energyUsage'
import type { BucketUnit } from '@/domain/period'
import type { Column } from '../report'

const dimensionTitles: Record<Exclude<EnergyDimension, 'none'>, string> = {
  charger: 'Charger',
  site: 'Site',
  region: 'Region',
  operator: 'Operator',
  driver: 'User',
  priceGroup: 'Price group',
}
const unitTitles: Record<BucketUnit, string> = {
  hour: 'Hour',
  day: 'Day',
  week: 'Week of',
  month: 'Month',
}

export function columnsOf(unit: BucketUnit, dimension: EnergyDimension): Column[] {
  const name: Column[] =
    dimension === 'none'
      ? []
      : [{ key: 'name', title: dimensionTitles[dimension], format: 'text', width: 28 }]
  return [
    { key: 'bucket', title: unitTitles[unit], format: 'day', width: unit === 'hour' ? 24 : 12 },
    ...name,
    { key: 'energyWh', title: 'Energy (kWh)', format: 'energy', width: 14, isSummed: true },
    { key: 'sessions', title: 'Sessions begun', format: 'integer', width: 14, isSummed: true },
  ]
}
