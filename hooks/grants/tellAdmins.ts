import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'

import { readGrantList } from '@/db/queries/grantList'
import { insertMail, networkName } from '@/db/queries/mails'
import { otherSuperAdmins } from '@/db/queries/logins'
import { readOwner } from '@/db/queries/staffPasswords'
import { requestSql } from '@/db/requestSql'
import { accessMail } from '@/domain/wayInMail'
import { roleNames, sayGrant } from '@/domain/grantWords'
import type { Role } from '@/domain/policy'
import { publicId } from '@/platform/ids'
import { idOf } from '../access/fieldByPolicy'
import { staffOf } from '../access/whoAsks'

type Row = { id: number; user: unknown; role: Role }

/**
 * `tellAdminsOfChange`: the other Super Admins get a mail about access that was given or changed (SEC-47): whoever sits at
 * somebody's open panel cannot make himself a friend unseen.
 */
export const tellAdminsOfChange: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  const { id, user } = doc as Row
  const userId = idOf(user)
  if (userId === null) return
  const all = await readGrantList(await requestSql(req), userId)
  const grant = all.find((one) => one.id === id)
  if (!grant) return
  const date = (text: string | null) => (text === null ? null : new Date(text))
  const whole = { ...grant, from: date(grant.from), until: date(grant.until) }
  const words = sayGrant(whole, new Date(), 'UTC')
  await tell(req, userId, operation === 'create' ? `was given: ${words}` : `now has: ${words}`)
}

export const tellAdminsOfDelete: CollectionAfterDeleteHook = async ({ doc, req }) => {
  const { user, role } = doc as Row
  const userId = idOf(user)
  if (userId !== null) await tell(req, userId, `no longer has: ${roleNames[role]}`)
}

async function tell(req: PayloadRequest, userId: number, what: string): Promise<void> {
  const me = staffOf(req)
  if (!me) return
  const sql = await requestSql(req)
  const owner = await readOwner(sql, userId)
  if (!owner) return
  const network = await networkName(sql)
  const event = publicId()
  for (const admin of await otherSuperAdmins(sql, me.id))
    await insertMail(sql, {
      key: `access/${event}/${admin.id}`,
      to: admin.email,
      ...accessMail({ to: admin.name, by: me.name, what: `${owner.name} ${what}`, network }),
    })
}
