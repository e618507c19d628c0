import config from '@payload-config'

import { exportAuditLog } from '@/panel/auditExport'
import { staffRoute } from '@/panel/staffRoute'

export const GET = staffRoute(config, exportAuditLog)
