import config from '@payload-config'

import { uploadFirmware } from '@/panel/firmwareUpload'
import { staffRoute } from '@/panel/staffRoute'

// the limit is the settings'
export const POST = staffRoute(config, uploadFirmware, { longestBody: Infinity })
