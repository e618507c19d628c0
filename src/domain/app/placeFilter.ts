import { distanceM } from './geo'

type Point = { latitude: number; longitude: number }

/** One kind of connector at a place. `plug`: capitals and digits, as `plugOf` makes it. */
export type Offer = {
  plug: string
  maxPowerW: number | null
  isAvailable: boolean
  updatedAtMs: number
}
export type Place = Point & { id: number; offers: readonly Offer[] }

export type PlaceFilter = {
  bounds: { west: number; south: number; east: number; north: number } | null
  near: (Point & { radiusM: number }) | null
  /** A plug as people write it, in capitals without signs: `CCS`, `TYPE2`. */
  plug: string | null
  minPowerW: number | null
  isAvailableNow: boolean
  updatedSince: Date | null
  /** Null: whether they are favourites or not. */
  only: ReadonlySet<number> | null
}

export const plugOf = (text: string | null): string =>
  (text ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')

/** `isShown`: whether a place passes; one connector has to meet all that is asked of connectors. */
export function isShown(place: Place, filter: PlaceFilter): boolean {
  const { bounds, near, only, updatedSince } = filter
  if (place.offers.length === 0 || (only && !only.has(place.id))) return false
  if (bounds && !isInside(place, bounds)) return false
  if (near && !isNear(place, near)) return false
  if (updatedSince && !place.offers.some(({ updatedAtMs }) => updatedAtMs > updatedSince.getTime()))
    return false
  if (filter.plug === null && filter.minPowerW === null && !filter.isAvailableNow) return true
  return place.offers.some(
    ({ isAvailable, maxPowerW, plug }) =>
      (filter.plug === null || plug.includes(filter.plug)) &&
      (filter.minPowerW === null || (maxPowerW ?? 0) >= filter.minPowerW) &&
      (!filter.isAvailableNow || isAvailable),
  )
}

/** A box over the date line has its west east of its east. */
function isInside(
  { latitude, longitude }: Point,
  { east, north, south, west }: NonNullable<PlaceFilter['bounds']>,
): boolean {
  if (latitude < south || latitude > north) return false
  return west <= east
    ? longitude >= west && longitude <= east
    : longitude >= west || longitude <= east
}

function isNear(place: Point, near: NonNullable<PlaceFilter['near']>): boolean {
  // a degree of latitude is 111 km everywhere: most places are far away already by that
  if (Math.abs(place.latitude - near.latitude) > near.radiusM / 111_000 + 0.001) return false
  return distanceM(near, place) <= near.radiusM
}
