import config from '@payload-config'

import { downloadFirmware } from '@/panel/fileDownloads'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, downloadFirmware)
