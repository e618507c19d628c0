import config from '@payload-config'

import { bulkTargets } from '@/panel/bulkTargets'
import { staffRoute } from '@/panel/staffRoute'

export const POST = staffRoute(config, bulkTargets)
