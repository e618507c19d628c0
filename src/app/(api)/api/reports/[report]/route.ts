import config from '@payload-config'

import { reportRoute } from '@/panel/reports/reportRoute'
import { staffRoute } from '@/panel/staffRoute'

export async function GET(
  request: Request,
  { params }: { params: Promise<{ report: string }> },
): Promise<Response> {
  const { report } = await params
  return staffRoute(config, reportRoute(report))(request)
}
