import type { Payload } from 'payload'
import { cache } from 'react'

import { readSiteZones } from '@/db/queries/siteZones'
import { poolOf } from '@/db/requestSql'

/** The network's own zone, where a row stands at no site. */
export const defaultZone = 'Europe/London'

/** `loadZones`: the zone of each site, read once per page. */
export const loadZones = cache((payload: Payload) => readSiteZones(poolOf({ payload })))
