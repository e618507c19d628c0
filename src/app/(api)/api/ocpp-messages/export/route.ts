import config from '@payload-config'

import { exportOcppMessages } from '@/panel/ocppMessages'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, exportOcppMessages)
