import config from '@payload-config'

import { shareStatement } from '@/panel/statementRoutes'
import { staffRoute } from '@/panel/staffRoute'

export const POST = staffRoute(config, shareStatement)
