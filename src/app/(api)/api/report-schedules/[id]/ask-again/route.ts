import config from '@payload-config'

import { askRecipientAgain } from '@/panel/statementRoutes'
import { staffRoute } from '@/panel/staffRoute'

export const POST = staffRoute(config, askRecipientAgain)
