import config from '@payload-config'

import { knocks } from '@/panel/knocks'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, knocks)
