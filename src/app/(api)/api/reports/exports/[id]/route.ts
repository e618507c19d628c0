import config from '@payload-config'

import { exportProgress } from '@/panel/reports/exportProgress'
import { staffRoute } from '@/panel/staffRoute'

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params
  return staffRoute(config, exportProgress(id))(request)
}
