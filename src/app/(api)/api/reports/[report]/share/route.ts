import config from '@payload-config'

import { shareReport } from '@/panel/reports/shareReport'
import { staffRoute } from '@/panel/staffRoute'

export async function POST(
  request: Request,
  { params }: { params: Promise<{ report: string }> },
): Promise<Response> {
  const { report } = await params
  return staffRoute(config, shareReport(report))(request)
}
