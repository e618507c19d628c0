type Point = { latitude: number; longitude: number }

const earthM = 6_371_008
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** `distanceM`: great-circle distance in whole metres. */
export function distanceM(a: Point, b: Point): number {
  const dLat = radians(b.latitude - a.latitude) / 2
  const dLon = radians(b.longitude - a.longitude) / 2
  const h =
    Math.sin(dLat) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLon) ** 2
  return Math.round(2 * earthM * Math.asin(Math.min(1, Math.sqrt(h))))
}

export type Heap = {
  coordinates: Point
  count: number
  bounds: { west: number; south: number; east: number; north: number }
}

/** `clustersOf`: places as heaps on a grid of about 64 points of the map; each place is in exactly one. */
export function clustersOf(places: readonly Point[], zoom: number): Heap[] {
  const cell = 90 / 2 ** zoom
  const heaps = new Map<string, { lat: number; lon: number; heap: Heap }>()
  for (const { latitude, longitude } of places) {
    const key = `${Math.floor(longitude / cell)}/${Math.floor((latitude * 1.5) / cell)}`
    const found = heaps.get(key)
    if (!found) {
      heaps.set(key, {
        lat: latitude,
        lon: longitude,
        heap: {
          coordinates: { latitude, longitude },
          count: 1,
          bounds: { west: longitude, south: latitude, east: longitude, north: latitude },
        },
      })
      continue
    }
    const { heap } = found
    found.lat += latitude
    found.lon += longitude
    heap.count += 1
    heap.bounds = {
      west: Math.min(heap.bounds.west, longitude),
      south: Math.min(heap.bounds.south, latitude),
      east: Math.max(heap.bounds.east, longitude),
      north: Math.max(heap.bounds.north, latitude),
    }
  }
  return [...heaps.values()].map(({ lat, lon, heap }) => ({
    ...heap,
    coordinates: { latitude: lat / heap.count, longitude: lon / heap.count },
  }))
}
