import { createElement } from 'react'

import { networkName } from '../../db/queries/mails'
import { claimShare, giveShareKey } from '../../db/queries/shareLinks'
import { withTransaction } from '../../db/tx'
import { enqueueMail } from '../../email/outbox'
import { toHtml, toText } from '../../email/render'
import { ShareMail, shareSubject } from '../../email/templates/share'
import { randomSecret } from '../../platform/ids'
import { hashOfKey } from './confirmRecipients'
import type { JobDefinition } from '../job'

/** `mailShares`: a link that is to be mailed gets its key here, so that the key stands in the mail and nowhere else. */
export function mailShares(publicUrl: string): JobDefinition {
  return {
    name: 'mailShares',
    expression: '*/5 * * * * *',
    run: async ({ pool }) => {
      const network = await networkName(pool)
      while (
        await withTransaction(pool, async (sql) => {
          const one = await claimShare(sql)
          if (!one) return false
          const key = randomSecret()
          await giveShareKey(sql, one.linkId, hashOfKey(key))
          const props = {
            network,
            title: one.title,
            sharedBy: one.sharedBy,
            link: `${publicUrl}/shared/${key}`,
            until: one.expiresAt.toLocaleDateString('en-GB', { dateStyle: 'long' }),
          }
          const letter = createElement(ShareMail, props)
          await enqueueMail(sql, {
            key: `share/${one.linkId}`,
            to: one.mailTo,
            subject: shareSubject(props),
            html: toHtml(letter),
            text: toText(letter),
          })
          return true
        })
      );
    },
  }
}
