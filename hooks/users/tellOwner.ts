import type { PayloadRequest } from 'payload'

import { insertMail, networkName } from '@/db/queries/mails'
import { readOwner } from '@/db/queries/staffPasswords'
import { requestSql } from '@/db/requestSql'
import { wayInMail, type WayInNews } from '@/domain/wayInMail'
import { publicId } from '@/platform/ids'
import { clientAddress } from '../audit'

/**
 * `tellOwner`: the person whose way in was changed gets a mail about it, in the transaction of the change. `formerly`: to
 * the address that was, where that is what changed.
 */
export async function tellOwner(
  req: PayloadRequest,
  userId: number,
  news: WayInNews,
  formerly?: string,
): Promise<void> {
  const sql = await requestSql(req)
  const owner = await readOwner(sql, userId)
  if (!owner) return
  const mail = wayInMail(news, {
    name: owner.name,
    network: await networkName(sql),
    at: new Date(),
    ip: clientAddress(req),
  })
  await insertMail(sql, {
    key: `way-in/${userId}/${publicId()}`,
    to: formerly ?? owner.email,
    ...mail,
  })
}
