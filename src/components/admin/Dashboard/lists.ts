/** Addresses of the lists behind the figures. */

/** The chargers in one state. */
export const chargersIn = (status: string) =>
  `/admin/collections/chargers?where[or][0][and][0][status][equals]=${status}`

/** The sessions begun since a day (`2026-11-21`) or an instant. */
export function sessionsSince(day: string | null): string {
  const from = day === null ? '' : new Date(day).toISOString()
  return `/admin/collections/sessions?where[or][0][and][0][startedAt][greater_than_equal]=${from}`
}
