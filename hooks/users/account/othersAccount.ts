import { NotFound, type Endpoint, type PayloadRequest } from 'payload'

import { channels } from '@/db/channels'
import { notify } from '@/db/notify'
import { endLoginsOf, setSuspended, setViewedAs, superAdminsBeside } from '@/db/queries/logins'
import { forgetWrongCodes, removeSecondFactor } from '@/db/queries/secondFactors'
import { clearTriesOf } from '@/db/queries/signIn'
import { requestSql } from '@/db/requestSql'
import type { Sql } from '@/db/pool'
import type { Action } from '@/domain/policy'
import { viewAsSeconds } from '@/domain/signIn'
import { accountKey } from '@/platform/accountKey'
import { scopeOf, sessionOf, staffOf } from '../../access/whoAsks'
import { record } from '../../audit'
import { end } from '../../grants/endLogins'
import { inTransaction } from '../../inTransaction'
import { conflict, notAllowed, problem } from '../../problem'
import { readJson } from '../../readJson'
import { forgetLocks } from '../signIn/tries'
import { requireStepUp } from '../stepUp'
import { tellOwner } from '../tellOwner'

type Target = { id: number; email: string }
type Act = (req: PayloadRequest, target: Target, sql: Sql) => Promise<object>

/** `POST /api/users/:id/reset-second-factor`: the phone is lost. The person sets it up anew; their logins end. */
const resetFactor = act(
  '/:id/reset-second-factor',
  'reset-second-factor',
  async (req, target, sql) => {
    await requireStepUp(req, 'reset somebody’s two-factor authentication')
    const wasOn = await removeSecondFactor(sql, target.id)
    await end(req, [target.id])
    await note(req, target, 'reset-second-factor')
    if (wasOn) await tellOwner(req, target.id, 'second-factor-reset')
    return { wasOn }
  },
)

/** `POST /api/users/:id/unlock`: after too many wrong passwords or codes. */
const unlock = act('/:id/unlock', 'unlock', async (req, target, sql) => {
  const keys = [accountKey(target.email), `forgot:${accountKey(target.email)}`]
  await clearTriesOf(sql, keys)
  for (const key of keys) forgetLocks(key)
  await forgetWrongCodes(sql, target.id)
  await note(req, target, 'unlock')
  return {}
})

/** `POST /api/users/:id/end-logins`: signed out everywhere. */
const endAll = act('/:id/end-logins', 'revoke-sessions', async (req, target, sql) => {
  await endLoginsOf(sql, [target.id])
  await notify(sql, channels.access, target.id)
  await note(req, target, 'end-logins')
  return {}
})

/** `POST /api/users/:id/suspend {suspended}`: nothing of the person is lost, and nothing is open to them. */
const suspend = act('/:id/suspend', 'assign', async (req, target, sql) => {
  const { suspended } = await readJson(req)
  if (typeof suspended !== 'boolean')
    throw conflict('Say suspended: true, or false to let the person in again.')
  const me = staffOf(req)
  if (target.id === me?.id) throw conflict('You cannot suspend your own user.')
  await requireStepUp(req, 'change who may sign in')
  const held = await superAdminsBeside(sql, { grantId: null, userId: target.id })
  if (suspended && held.isOne && !held.areOthers)
    throw conflict('This is the last Super Admin. Make someone else a Super Admin first.')
  await setSuspended(sql, target.id, suspended ? { id: me?.id ?? null } : null)
  if (suspended) await end(req, [target.id])
  await note(req, target, suspended ? 'suspend' : 'let-in-again')
  return { suspended }
})

/** `POST /api/users/:id/view-as`: what that person sees, to look at and not to change, for half an hour. */
const viewAs = act('/:id/view-as', 'assign', async (req, target, sql) => {
  const me = staffOf(req)
  const sessionId = sessionOf(req)
  if (!me || !sessionId || target.id === me.id) throw conflict('Choose another person.')
  const until = new Date(Date.now() + viewAsSeconds * 1000)
  await setViewedAs(sql, { sessionId, userId: me.id, viewsAs: { id: target.id, until } })
  await notify(sql, channels.access, me.id)
  await note(req, target, 'view-as')
  return { until: until.toISOString() }
})

/** `POST /api/users/view-as/end`: one's own eyes again. */
const viewAsSelf: Endpoint = {
  path: '/view-as/end',
  method: 'post',
  handler: async (req) => {
    const me = staffOf(req)
    const sessionId = sessionOf(req)
    if (!me || !sessionId) return problem(401, 'not-signed-in', 'Sign in first.')
    await inTransaction(req, async () => {
      const sql = await requestSql(req)
      await setViewedAs(sql, { sessionId, userId: me.id, viewsAs: null })
      await notify(sql, channels.access, me.id)
      await note(req, { id: me.id, email: me.email }, 'view-as-end')
    })
    return Response.json({ message: 'You see what is yours again.' })
  },
}

export const othersAccount: Endpoint[] = [viewAsSelf, resetFactor, unlock, endAll, suspend, viewAs]

/** For Super Admins. A user whom the caller does not see is not there (404). */
function act(path: string, action: Action, handler: Act): Endpoint {
  return {
    path,
    method: 'post',
    handler: async (req) => {
      if (!staffOf(req)) return problem(401, 'not-signed-in', 'Sign in first.')
      const id = Number(req.routeParams?.['id'])
      if (!Number.isSafeInteger(id) || id < 1 || id > 2_147_483_647) throw new NotFound(req.t)
      const { email } = await req.payload.findByID({
        collection: 'users',
        id,
        depth: 0,
        overrideAccess: false,
        user: req.user,
        req,
      })
      if ((await scopeOf(req, 'users', action)).kind !== 'all')
        throw notAllowed('Only a Super Admin can do this.')
      const done = await inTransaction(req, async () =>
        handler(req, { id, email }, await requestSql(req)),
      )
      return Response.json({ doc: { id, ...done } })
    },
  }
}

async function note(req: PayloadRequest, target: Target, action: string): Promise<void> {
  await record(req, { action, resource: 'users', resourceId: String(target.id), siteId: null })
}
