import type { Pool } from '@/db/pool'
import {
  changedSites,
  favouriteSites,
  privateConnectors,
  publicConnectors,
  readPlaces,
  type PlaceConnector,
  type PlaceRow,
} from '@/db/queries/app/places'
import { plugOf, type Offer, type Place } from '@/domain/app/placeFilter'

type Snapshot = {
  rows: readonly PlaceRow[]
  /** Of public chargers, by site. */
  offers: ReadonlyMap<number, Offer[]>
  places: readonly Place[]
  builtAtMs: number
  /** When everything was read. */
  wholeAtMs: number
  /** For so long it is served as it is. */
  freshMs: number
}

/** Older than `freshMs` it is served once more while a new one is read; older than this nobody is served with it. */
const oldestMs = 10_000
const freshLeastMs = 1_000
const freshMostMs = 5_000
/** In between only what changed is read, with what was on its way to its commit then. */
const wholeEveryMs = 30_000
const overlapMs = 5_000

type Kept = { now: Snapshot | null; coming: Promise<Snapshot> | null }
const kept = new WeakMap<Pool, Kept>()

/**
 * `placesFor`: what a driver (or nobody in particular) may see on a map, by site id. What is public is read from a
 * snapshot of this process, so that a look at the whole country costs no look at ten thousand rows; it is at most some
 * seconds old, takes a tenth of one connection's time at most, and statuses on a page are read anew by their ids. What is
 * private is read for each driver.
 */
export async function placesFor(pool: Pool, driverId: number | null): Promise<readonly Place[]> {
  const [snapshot, own] = await Promise.all([
    snapshotOf(pool),
    driverId === null ? [] : privateConnectors(pool, driverId),
  ])
  if (own.length === 0) return snapshot.places
  const mine = offersBySite(own)
  return snapshot.rows.flatMap(({ id, latitude, longitude }) => {
    const offers = [...(snapshot.offers.get(id) ?? []), ...(mine.get(id) ?? [])]
    return offers.length > 0 ? [{ id, latitude, longitude, offers }] : []
  })
}

export async function favouritesOf(pool: Pool, driverId: number): Promise<ReadonlySet<number>> {
  return new Set(await favouriteSites(pool, driverId))
}

function snapshotOf(pool: Pool): Promise<Snapshot> | Snapshot {
  let of = kept.get(pool)
  if (!of) kept.set(pool, (of = { now: null, coming: null }))
  const { now } = of
  const ageMs = now ? Date.now() - now.builtAtMs : Infinity
  if (now && ageMs <= now.freshMs) return now
  of.coming ??= build(pool, now)
    .then((snapshot) => (of.now = snapshot))
    .finally(() => (of.coming = null))
  if (now && ageMs <= oldestMs) {
    of.coming.catch(() => {})
    return now
  }
  return of.coming
}

async function build(pool: Pool, last: Snapshot | null): Promise<Snapshot> {
  const startedMs = Date.now()
  const isWhole = !last || startedMs - last.wholeAtMs > wholeEveryMs
  const changed = isWhole ? null : await changedSites(pool, new Date(last.builtAtMs - overlapMs))
  const [read, connectors] = await Promise.all([
    readPlaces(pool, changed),
    publicConnectors(pool, changed),
  ])
  const offers = offersBySite(connectors)
  let rows = read
  if (!isWhole) {
    const isChanged = new Set(changed)
    for (const [site, of] of last.offers) if (!isChanged.has(site)) offers.set(site, of)
    rows = [...last.rows.filter(({ id }) => !isChanged.has(id)), ...read].sort(
      (a, b) => a.id - b.id,
    )
  }
  const places = rows.flatMap(({ id, latitude, longitude }) => {
    const of = offers.get(id)
    return of ? [{ id, latitude, longitude, offers: of }] : []
  })
  const freshMs = Math.min(freshMostMs, Math.max(freshLeastMs, (Date.now() - startedMs) * 10))
  return {
    rows,
    offers,
    places,
    builtAtMs: startedMs,
    wholeAtMs: isWhole ? startedMs : last.wholeAtMs,
    freshMs,
  }
}

function offersBySite(connectors: readonly PlaceConnector[]): Map<number, Offer[]> {
  const plugs = new Map<string | null, string>()
  const bySite = new Map<number, Offer[]>()
  for (const { isAvailable, maxPowerW, siteId, standard, updatedAtMs } of connectors) {
    let plug = plugs.get(standard)
    if (plug === undefined) plugs.set(standard, (plug = plugOf(standard)))
    const of = bySite.get(siteId)
    const one = { plug, maxPowerW, isAvailable, updatedAtMs }
    if (of) of.push(one)
    else bySite.set(siteId, [one])
  }
  return bySite
}
