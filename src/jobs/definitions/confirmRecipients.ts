import { createHash } from 'node:crypto'
import { createElement } from 'react'

import { countMails, networkName } from '../../db/queries/mails'
import { askToConfirm, claimToConfirm } from '../../db/queries/recipients'
import { withTransaction } from '../../db/tx'
import { enqueueMail } from '../../email/outbox'
import { toHtml, toText } from '../../email/render'
import { ConfirmMail, confirmSubject } from '../../email/templates/confirmAddress'
import { randomSecret } from '../../platform/ids'
import type { JobContext, JobDefinition } from '../job'

const days = 14
const dayMs = 86_400_000
const keyPrefix = 'confirm/'
/** Nobody is asked more often than this in a day, however many schedules name him (as SEC-16). */
const mostPerDay = 5

/** `confirmRecipients`: each new address of a schedule is asked once, with a link that works once. */
export function confirmRecipients(publicUrl: string): JobDefinition {
  return {
    name: 'confirmRecipients',
    expression: '*/15 * * * * *',
    run: (context) => askRecipients(context, publicUrl),
  }
}

export async function askRecipients(
  { pool, now, log }: JobContext,
  publicUrl: string,
): Promise<void> {
  const network = await networkName(pool)
  while (
    await withTransaction(pool, async (sql) => {
      const one = await claimToConfirm(sql)
      if (!one) return false
      const at = now()
      const key = randomSecret()
      const until = new Date(at.getTime() + days * dayMs)
      await askToConfirm(sql, one.id, { hash: hashOfKey(key), until, now: at })
      const since = new Date(at.getTime() - dayMs)
      if ((await countMails(sql, { keyPrefix, to: one.address, since })) >= mostPerDay) {
        log.warn({ recipient: one.id }, 'an address was asked too often today and is left in peace')
        return true
      }
      const letter = createElement(ConfirmMail, {
        network,
        schedule: one.schedule,
        subject: one.subject,
        link: `${publicUrl}/confirm/${key}`,
        days,
      })
      await enqueueMail(sql, {
        key: `${keyPrefix}${one.id}/${at.getTime()}`,
        to: one.address,
        subject: confirmSubject(network),
        html: toHtml(letter),
        text: toText(letter),
      })
      return true
    })
  );
}

/** What is stored of a key; the key itself stands in the mail only. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex')
