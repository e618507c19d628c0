import config from '@payload-config'

import { sendStatement } from '@/panel/statementRoutes'
import { staffRoute } from '@/panel/staffRoute'

export const POST = staffRoute(config, sendStatement)
