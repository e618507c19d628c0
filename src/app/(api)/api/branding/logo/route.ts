import config from '@payload-config'

import { showLogo, uploadLogo } from '@/panel/brandingLogo'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, showLogo)
export const POST = staffRoute(config, uploadLogo, { longestBody: 4 * 1024 * 1024 })
