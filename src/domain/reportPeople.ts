/** Splits and filters of a report that are about people: not everybody who sees its figures may ask for them. */
export const ofPeople: ReadonlySet<string> = new Set([
  'driver',
  'fleet',
  'vehicle',
  'card',
  'priceGroup',
])

type Question = { driver?: unknown; fleet?: unknown; priceGroup?: unknown; groupBy?: string }

/** `asksWho`: where the question itself is about people, its answer names them. `report`: as its address has it. */
export function asksWho(
  report: string,
  { driver, fleet, priceGroup, groupBy = '' }: Question,
): boolean {
  return (
    report === 'fleet-usage' ||
    Boolean(driver || fleet || priceGroup) ||
    (report === 'energy-usage' && ofPeople.has(groupBy))
  )
}
