import config from '@payload-config'

import { chargerEvents } from '@/panel/chargerTabs'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, chargerEvents)
