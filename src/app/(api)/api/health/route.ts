import { isDatabaseUp } from '@/panel/database'

export const dynamic = 'force-dynamic'

/** For load balancers and monitors: one word, no versions, no hostnames (SEC-43). */
export async function GET(): Promise<Response> {
  const isUp = await isDatabaseUp()
  return Response.json(
    { status: isUp ? 'ok' : 'unavailable' },
    { status: isUp ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}
