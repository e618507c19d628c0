import config from '@payload-config'

import { previewSchedule } from '@/panel/schedulePreview'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, previewSchedule)
