import { defaultZone } from '@/panel/zones'

/** The site of a list row, whether the list came with the id or with the site. */
export function siteIdOf(row: Record<string, unknown>): number | null {
  const { site } = row
  if (typeof site === 'number') return site
  const id = (site as { id?: unknown } | null | undefined)?.id
  return typeof id === 'number' ? id : null
}

export function zoneOf(zones: ReadonlyMap<number, string>, siteId: number | null): string {
  return (siteId === null ? undefined : zones.get(siteId)) ?? defaultZone
}
