import { createElement } from 'react'

import { countMails, networkName } from '../db/queries/mails'
import type { Sql } from '../db/pool'
import { poolOf } from '../db/requestSql'
import { publicId } from '../platform/ids'
import { enqueueMail } from './outbox'
import { toHtml, toText } from './render'
import { AccountMail } from './templates/account'

type Message = { to?: unknown; subject?: unknown; html?: unknown; text?: unknown }

const keyPrefix = 'account/'
const hourMs = 3_600_000
/** Mails about one account in an hour; who asks more often asks for somebody else (SEC-16). */
const mostPerHour = 3

/**
 * `outbox`: Payload's e-mail adapter (a forgotten password, say): the mail lies in the same outbox as all others and is
 * sent by the worker. One that is over the limit is dropped without a word: the answer must not tell who exists.
 */
export const outbox =
  (defaultFromAddress: string) =>
  ({ payload }: { payload: { db: unknown } }) => ({
    name: 'outbox',
    // asked for by Payload; the worker, which sends, knows who we are (MAIL_FROM)
    defaultFromAddress,
    defaultFromName: 'CITA EV',
    sendEmail: async (message: object): Promise<void> => {
      const { to, subject, html, text } = message as Message
      const sql: Sql = poolOf({ payload })
      const title = typeof subject === 'string' ? subject : ''
      const paragraphs = typeof text === 'string' ? text.split(/\n{2,}/) : paragraphsOf(html)
      const network = await networkName(sql)
      const letter = createElement(AccountMail, { network, title, paragraphs })
      for (const address of addressesOf(to)) {
        const since = new Date(Date.now() - hourMs)
        if ((await countMails(sql, { keyPrefix, to: address, since })) >= mostPerHour) continue
        await enqueueMail(sql, {
          key: `${keyPrefix}${publicId()}`,
          to: address,
          subject: title,
          html: toHtml(letter),
          text: toText(letter),
        })
      }
    },
  })

/** Payload's own mails are paragraphs of ours or of its own making; their words are taken, their markup is not. */
function paragraphsOf(html: unknown): string[] {
  if (typeof html !== 'string') return []
  return html
    .split(/<\/p>|<br\s*\/?>/i)
    .map((part) =>
      unescaped(part.replace(/<[^>]*>/g, ' '))
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((part) => part !== '')
}

function unescaped(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }
  return text.replace(/&(?:#(\d+)|([a-z]+));/g, (all, code: string, name: string) =>
    code ? String.fromCodePoint(Number(code)) : (named[name] ?? all),
  )
}

function addressesOf(to: unknown): string[] {
  const list = Array.isArray(to) ? to : typeof to === 'string' ? to.split(',') : [to]
  return list.flatMap((one: unknown) => {
    const address =
      typeof one === 'object' && one !== null ? (one as { address?: unknown }).address : one
    return typeof address === 'string' && address.trim() !== '' ? [address.trim()] : []
  })
}
