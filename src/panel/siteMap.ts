import type { PayloadRequest } from 'payload'

import { readSiteChargers, readSiteMap } from '@/db/queries/siteMap'
import { PublicError } from '@/platform/errors'

import { demandViewer } from './demandViewer'

export type { MapSite, SiteCharger, SiteChargers, SiteMapRow } from '@/db/queries/siteMap'

/**
 * `GET /api/map`: the sites in sight with the states of their chargers, for the map and the list beside it.
 * `GET /api/map?site=12`: one site's chargers by name, for its card.
 */
export async function siteMap(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  const options = {
    chargers: viewer.scope('chargers', 'read'),
    sites: viewer.scope('sites', 'read'),
  }
  const asked = new URL(req.url ?? '', 'http://localhost').searchParams.get('site')
  if (asked === null) return Response.json(await readSiteMap(viewer.sql, options))
  const card = /^[1-9]\d{0,8}$/.test(asked)
    ? await readSiteChargers(viewer.sql, Number(asked), options)
    : null
  if (!card)
    throw new PublicError({ code: 'unknown-site', status: 404, sentence: 'There is no such site.' })
  return Response.json(card)
}
