import config from '@payload-config'

import { firmwareCandidates } from '@/panel/firmwareCandidates'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, firmwareCandidates)
