import config from '@payload-config'

import { retryStatement } from '@/panel/statementRoutes'
import { staffRoute } from '@/panel/staffRoute'

export const POST = staffRoute(config, retryStatement)
