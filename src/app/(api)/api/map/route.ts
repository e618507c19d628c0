import config from '@payload-config'

import { siteMap } from '@/panel/siteMap'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, siteMap)
