import config from '@payload-config'

import { alertBell } from '@/panel/alerts'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, alertBell)
