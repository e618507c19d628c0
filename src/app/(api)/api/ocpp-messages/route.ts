import config from '@payload-config'

import { ocppMessages } from '@/panel/ocppMessages'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, ocppMessages)
