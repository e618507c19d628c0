/** Prefilled with the charger, session or alert one is looking at. */
export function ticketFor(path: string): string {
  const [, slug, id] = /\/collections\/(chargers|sessions|alerts)\/(\d+)/.exec(path) ?? []
  const about = slug && id ? `?${slug.slice(0, -1)}=${id}` : ''
  return `/admin/collections/tickets/create${about}`
}
