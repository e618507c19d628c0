import config from '@payload-config'

import { downloadDiagnostics } from '@/panel/fileDownloads'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, downloadDiagnostics)
