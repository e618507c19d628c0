import config from '@payload-config'

import { payStatement } from '@/panel/statementRoutes'
import { staffRoute } from '@/panel/staffRoute'

export const POST = staffRoute(config, payStatement)
