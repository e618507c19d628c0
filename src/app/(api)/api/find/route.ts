import config from '@payload-config'

import { find } from '@/panel/find'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, find)
