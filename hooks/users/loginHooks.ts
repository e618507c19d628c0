import type {
  CollectionAfterChangeHook,
  CollectionAfterLoginHook,
  CollectionAfterLogoutHook,
  CollectionBeforeDeleteHook,
} from 'payload'

import { channels } from '@/db/channels'
import { notify } from '@/db/notify'
import { superAdminsBeside } from '@/db/queries/logins'
import { requestSql } from '@/db/requestSql'
import { staffOf } from '../access/whoAsks'
import { record } from '../audit'
import { end } from '../grants/endLogins'
import { conflict } from '../problem'

type User = { id: number; email: string; name?: string | null }

/** A new password or address ends what was signed in with the old one. */
export const endLoginsOnNewPassword: CollectionAfterChangeHook = async ({
  data,
  doc,
  operation,
  previousDoc,
  req,
}) => {
  if (operation !== 'update') return
  const isNewAddress = (previousDoc as User).email !== (doc as User).email
  if (isNewAddress || typeof (data as { password?: unknown }).password === 'string')
    await end(req, [(doc as User).id])
}

/** Nobody deletes himself, and never the last who could give access. */
export const keepSomeoneInCharge: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const userId = Number(id)
  if (staffOf(req)?.id === userId) throw conflict('You cannot delete your own user.')
  const held = await superAdminsBeside(await requestSql(req), { grantId: null, userId })
  if (held.isOne && !held.areOthers)
    throw conflict('This is the last Super Admin. Make someone else a Super Admin first.')
  await notify(await requestSql(req), channels.access, userId)
}

export const auditLogin: CollectionAfterLoginHook = async ({ user, req }) => {
  const { id, email, name } = user as User
  await record(req, {
    action: 'login',
    resource: 'users',
    resourceId: String(id),
    siteId: null,
    actor: name || email,
  })
}

export const auditLogout: CollectionAfterLogoutHook = async ({ req }) => {
  const user = staffOf(req)
  if (user)
    await record(req, {
      action: 'logout',
      resource: 'users',
      resourceId: String(user.id),
      siteId: null,
    })
}
