import config from '@payload-config'

import { downloadStatement } from '@/panel/statementRoutes'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, downloadStatement)
