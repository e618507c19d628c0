import config from '@payload-config'

import { revokeLink } from '@/panel/statementRoutes'
import { staffRoute } from '@/panel/staffRoute'

export const POST = staffRoute(config, revokeLink)
