import config from '@payload-config'

import { staffRoute } from '@/panel/staffRoute'
import { retryUndelivered } from '@/panel/undeliveredMail'

export const POST = staffRoute(config, retryUndelivered)
