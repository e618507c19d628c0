import type { Endpoint } from 'payload'

import { setBellSeen } from '@/db/queries/alertActions'
import { poolOf } from '@/db/requestSql'
import { staffOf } from '../access/whoAsks'
import { problem } from '../problem'

/** `POST /api/alerts/seen`: the bell counts from now on what is new. */
export const bellSeen: Endpoint = {
  path: '/seen',
  method: 'post',
  handler: async (req) => {
    const user = staffOf(req)
    if (!user) return problem(401, 'not-signed-in', 'Sign in first.')
    await setBellSeen(poolOf(req), user.id, new Date())
    return new Response(null, { status: 204 })
  },
}
