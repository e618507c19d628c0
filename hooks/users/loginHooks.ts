import type {
  CollectionAfterChangeHook,
  CollectionAfterLoginHook,
  CollectionAfterLogoutHook,
  CollectionBeforeChangeHook,
  CollectionBeforeDeleteHook,
} from 'payload'

import { channels } from '@/db/channels'
import { notify } from '@/db/notify'
import { superAdminsBeside } from '@/db/queries/logins'
import { meanCredentials } from '@/db/queries/staffPasswords'
import { requestSql } from '@/db/requestSql'
import { passwordProblem } from '@/domain/signIn'
import { staffOf } from '../access/whoAsks'
import { record } from '../audit'
import { end } from '../grants/endLogins'
import { badField, conflict } from '../problem'
import { hasNewPassword, noteNewPassword } from './newPassword'
import { tellOwner } from './tellOwner'

type User = { id: number; email: string; name?: string | null }

/** What an update means to change of the ways in; anything else of them stays (trigger `keep_credentials`). */
export const meanNewCredentials: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  const { password, email } = data as { password?: unknown; email?: unknown }
  const isNewPassword = typeof password === 'string' && password !== ''
  const wrong = isNewPassword ? passwordProblem(password) : null
  if (wrong) throw badField(req, collection.slug, 'password', wrong)
  const isOwn = operation === 'update' && staffOf(req)?.id === (originalDoc as User).id
  if (isNewPassword && isOwn)
    throw badField(
      req,
      collection.slug,
      'password',
      'Change your own password under "Sign-in & security", where the old one is asked for.',
    )
  if (operation !== 'update') return data
  const isNewAddress = typeof email === 'string' && email !== (originalDoc as User).email
  const meant = [
    ...(isNewPassword ? (['password', 'link'] as const) : []),
    ...(isNewAddress ? (['email', 'link'] as const) : []),
  ]
  if (meant.length === 0) return data
  await meanCredentials(await requestSql(req), meant)
  if (isNewPassword) noteNewPassword(req, (originalDoc as User).id)
  // a link that is still out was for the old password
  return { ...data, resetPasswordToken: null, resetPasswordExpiration: null }
}

/** A new password or address ends what was signed in with the old one. */
export const endLoginsOnNewPassword: CollectionAfterChangeHook = async ({
  doc,
  operation,
  previousDoc,
  req,
}) => {
  if (operation !== 'update') return
  const { id, email } = doc as User
  const { email: formerly } = previousDoc as User
  const isNewAddress = formerly !== email
  const isNewPassword = hasNewPassword(req, id)
  if (isNewAddress) await tellOwner(req, id, 'address', formerly)
  if (isNewPassword) await tellOwner(req, id, 'password-by-admin')
  if (isNewAddress || isNewPassword) await end(req, [id])
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
