import { readElements } from './match'
import { fromFields, type ElementFields, type TariffFields } from './fromFields'

export type TariffProblem = { path: string; sentence: string }

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/

/**
 * `checkElements`: the first thing in a tariff's form that cannot price a session, with the field it stands in; null
 * where all can. An empty tariff passes: it is a draft, and sessions of it wait for review.
 */
export function checkElements(fields: TariffFields): TariffProblem | null {
  const { minMinor, maxMinor } = fields
  if (minMinor != null && maxMinor != null && minMinor > maxMinor)
    return { path: 'maxMinor', sentence: 'The most it costs is below the least it costs.' }
  for (const [index, row] of (fields.elements ?? []).entries()) {
    const problem = checkRow(row)
    if (problem) return { ...problem, path: `elements.${index}.${problem.path}` }
  }
  const read = readElements(fromFields(fields))
  return typeof read === 'string' ? { path: 'elements', sentence: read } : null
}

function checkRow(row: ElementFields): TariffProblem | null {
  const prices = [row.energyRateMicros, row.timeRateMicros, row.idleRateMicros, row.sessionFeeMinor]
  if (prices.every((price) => price == null))
    return { path: 'energyRateMicros', sentence: 'Give a price in this row; 0 is free of charge.' }
  for (const name of ['startTime', 'endTime'] as const)
    if (row[name] && !timeOfDay.test(row[name]))
      return { path: name, sentence: 'Give a time of day as 07:00 or 23:30.' }
  for (const name of ['startDate', 'endDate'] as const)
    if (row[name] && !isDate(row[name]))
      return { path: name, sentence: 'Give a date as 2026-12-31.' }
  if (row.startDate && row.endDate && row.startDate >= row.endDate)
    return { path: 'endDate', sentence: 'The last date must come after the first.' }
  return (
    isUpsideDown('maxWh', row.minWh, row.maxWh) ??
    isUpsideDown('maxPowerW', row.minPowerW, row.maxPowerW) ??
    isUpsideDown('maxMinutes', row.minMinutes, row.maxMinutes)
  )
}

function isUpsideDown(
  path: string,
  low: number | null | undefined,
  high: number | null | undefined,
): TariffProblem | null {
  if (high == null || high > (low ?? 0)) return null
  return { path, sentence: 'The upper limit must be above the lower one; nothing can lie between.' }
}

function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(at) &&
    new Date(at).toISOString().startsWith(text)
  )
}
