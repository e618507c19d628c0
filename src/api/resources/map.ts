import { z } from 'zod'

import {
  findEvse,
  findLocation,
  lastProvenWorking,
  readEvses,
  readLocations,
  setFavourite,
} from '@/db/queries/app/locations'
import { clustersOf, distanceM } from '@/domain/app/geo'
import { isShown, plugOf, type Place, type PlaceFilter } from '@/domain/app/placeFilter'
import { me, noContent, notFound, ok, operation, problem, type Context } from '../operation'
import { EvseDetail, instantIn, LocationDetail, LocationPage } from '../shapes'
import { favouritesOf, placesFor } from '../placesOnMap'
import { evseView, fromCursor, iso, locationView, toCursor } from '../views'

const most = 100

const numbers = (count: number, form: string) =>
  z
    .string()
    .transform((text) => text.split(',').map(Number))
    .refine((list) => list.length === count && list.every(Number.isFinite), `is ${form}`)

const Query = z.strictObject({
  bbox: numbers(4, 'west,south,east,north in degrees, e.g. -0.5,51.2,0.3,51.7')
    .refine(
      ([w = 0, s = 0, e = 0, n = 0]) =>
        Math.abs(w) <= 180 && Math.abs(e) <= 180 && s >= -90 && n <= 90 && s <= n,
      'has its south above its north, or lies off the globe',
    )
    .optional()
    .describe('west,south,east,north in degrees.'),
  near: numbers(2, 'latitude,longitude in degrees, e.g. 51.5,-0.12')
    .refine(
      ([lat = 0, lon = 0]) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180,
      'lies off the globe',
    )
    .optional()
    .describe('latitude,longitude: the nearest first.'),
  radiusM: z.coerce
    .number()
    .int()
    .min(1)
    .max(500_000)
    .optional()
    .describe('With `near`; 20 km if not given.'),
  zoom: z.coerce
    .number()
    .int()
    .min(0)
    .max(22)
    .optional()
    .describe('Of the map: how large a heap is.'),
  connector: z
    .string()
    .max(40)
    .optional()
    .describe('A plug: `Type 2`, `CCS`, `CHAdeMO`, or OCPI’s name.'),
  minPowerKw: z.coerce.number().min(0).max(10_000).optional(),
  availableNow: z.enum(['true', 'false'], { error: 'is true or false' }).optional(),
  updatedSince: instantIn.optional().describe('Only what changed since, status included.'),
  favourites: z.enum(['true', 'false'], { error: 'is true or false' }).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(most).optional(),
})

const ocpiPlugs: Readonly<Record<string, string>> = {
  IEC62196T2COMBO: 'CCS',
  IEC62196T1COMBO: 'CCS1',
  IEC62196T2: 'TYPE2',
  IEC62196T1: 'TYPE1',
}

function filterOf(query: z.infer<typeof Query>, only: ReadonlySet<number> | null): PlaceFilter {
  const [west, south, east, north] = query.bbox ?? []
  const [latitude, longitude] = query.near ?? []
  const plug = plugOf(query.connector ?? null) || null
  return {
    only,
    bounds: query.bbox ? { west: west!, south: south!, east: east!, north: north! } : null,
    near: query.near
      ? { latitude: latitude!, longitude: longitude!, radiusM: query.radiusM ?? 20_000 }
      : null,
    plug: plug && (ocpiPlugs[plug] ?? plug),
    minPowerW: query.minPowerKw === undefined ? null : Math.round(query.minPowerKw * 1000),
    isAvailableNow: query.availableNow === 'true',
    updatedSince: query.updatedSince ?? null,
  }
}

async function listed(context: Context, places: readonly Place[], near: PlaceFilter['near']) {
  const ids = places.map(({ id }) => id)
  const driverId = context.driver?.id ?? null
  const [rows, evses] = await Promise.all([
    readLocations(context.sql, ids, driverId),
    readEvses(context.sql, ids, driverId),
  ])
  return rows.map((row) =>
    locationView(
      row,
      evses.filter(({ siteRow }) => siteRow === row.row),
      near && row.latitude !== null && row.longitude !== null
        ? distanceM(near, { latitude: row.latitude, longitude: row.longitude })
        : null,
    ),
  )
}

export const map = [
  operation({
    id: 'listLocations',
    method: 'GET',
    path: '/locations',
    tag: 'Map',
    summary: 'Locations on the map',
    description:
      'Public chargers, and private ones that let this driver in. With `bbox`, more than `limit` locations come as clusters; without it the list has pages. Poll with `updatedSince`.',
    auth: 'optional',
    query: Query,
    ok: { status: 200, schema: LocationPage },
    problems: [],
    async run({ query }, context) {
      const { driver, pool } = context
      if (query.favourites === 'true' && !driver)
        return problem('not-signed-in', 'Favourites are a driver’s own. Sign in first.')
      const only =
        query.favourites === 'true' && driver ? await favouritesOf(pool, driver.id) : null
      const filter = filterOf(query, only)
      const limit = query.limit ?? most
      const isMap = filter.bounds !== null && !query.cursor
      const after = query.cursor === undefined ? 0 : fromCursor(query.cursor)
      if (typeof after !== 'number' || !Number.isSafeInteger(after))
        return problem('invalid-member', 'cursor is the nextCursor of another page.')
      const all = await placesFor(pool, driver?.id ?? null)
      const shown = all.filter((place) => place.id > after && isShown(place, filter))
      const { near } = filter
      const places = near
        ? shown.toSorted((a, b) => distanceM(near, a) - distanceM(near, b) || a.id - b.id)
        : shown
      if (isMap && places.length > limit)
        return ok({
          locations: [],
          clusters: clustersOf(places, query.zoom ?? 6),
          nextCursor: null,
        })
      const page = places.slice(0, limit)
      const hasMore = places.length > limit && !filter.near
      return ok({
        locations: await listed(context, page, filter.near),
        clusters: [],
        nextCursor: hasMore ? toCursor(page.at(-1)!.id) : null,
      })
    },
  }),
  operation({
    id: 'getLocation',
    method: 'GET',
    path: '/locations/{id}',
    tag: 'Map',
    summary: 'One location with its connectors, live',
    auth: 'optional',
    ok: { status: 200, schema: LocationDetail },
    problems: ['not-found'],
    async run({ params }, context) {
      const driverId = context.driver?.id ?? null
      const row = await findLocation(context.sql, params['id']!, driverId)
      if (row === null) return notFound('location')
      const [[site], evses] = await Promise.all([
        readLocations(context.sql, [row], driverId),
        readEvses(context.sql, [row], driverId),
      ])
      return ok({ ...locationView(site!, evses, null), evses: evses.map(evseView) })
    },
  }),
  operation({
    id: 'getEvseByCode',
    method: 'GET',
    path: '/evses/by-code/{code}',
    tag: 'Map',
    summary: 'The connector whose code was typed or scanned',
    description: 'A QR code on a charger holds `<PUBLIC_URL>/charge/<code>`.',
    auth: 'optional',
    ok: { status: 200, schema: EvseDetail },
    problems: ['not-found'],
    run: ({ params }, context) => detail({ code: params['code']! }, context),
  }),
  operation({
    id: 'getEvse',
    method: 'GET',
    path: '/evses/{id}',
    tag: 'Map',
    summary: 'One connector, live',
    auth: 'optional',
    ok: { status: 200, schema: EvseDetail },
    problems: ['not-found'],
    run: ({ params }, context) => detail({ id: params['id']! }, context),
  }),
  operation({
    id: 'addFavourite',
    method: 'PUT',
    path: '/me/favourites/{locationId}',
    tag: 'Map',
    summary: 'Keep a location as a favourite',
    auth: 'driver',
    ok: { status: 204 },
    problems: ['not-found'],
    async run({ params }, context) {
      const row = await findLocation(context.sql, params['locationId']!, me(context).id)
      if (row === null) return notFound('location')
      await setFavourite(context.sql, me(context).id, row, true)
      return noContent
    },
  }),
  operation({
    id: 'removeFavourite',
    method: 'DELETE',
    path: '/me/favourites/{locationId}',
    tag: 'Map',
    summary: 'Forget a favourite',
    auth: 'driver',
    ok: { status: 204 },
    problems: ['not-found'],
    async run({ params }, context) {
      const row = await findLocation(context.sql, params['locationId']!, me(context).id)
      if (row === null) return notFound('location')
      await setFavourite(context.sql, me(context).id, row, false)
      return noContent
    },
  }),
]

async function detail(by: { id: string } | { code: string }, context: Context) {
  const row = await findEvse(context.sql, by, context.driver?.id ?? null)
  if (!row) return notFound('charger')
  const [[site], proven] = await Promise.all([
    readLocations(context.sql, [row.siteRow], null),
    lastProvenWorking(context.sql, row.chargerRow, row.connectorNumber),
  ])
  return ok({
    ...evseView(row),
    lastProvenWorkingAt: iso(proven),
    locationName: site?.name ?? '',
    locationAddress: site?.address ?? null,
    timeZone: row.timezone,
  })
}
