import { insertMail } from '../db/queries/mails'
import type { Sql } from '../db/pool'

export type OutgoingMail = {
  /** One mail per key, whoever asks how often: `alerts/7/…`, `ticket/12/reply/3/user/7`. */
  key: string
  to: string
  subject: string
  html: string
  text: string
}

/**
 * `enqueueMail`: the mail will be sent once, when the caller's transaction commits; false where one of its key is there
 * already. The subject is one line whatever it is made of (a name with a line break must not add a header).
 */
export function enqueueMail(sql: Sql, mail: OutgoingMail): Promise<boolean> {
  return insertMail(sql, { ...mail, to: oneLine(mail.to), subject: oneLine(mail.subject) })
}

/** Control characters and what turns the direction of writing become blanks; at most 200 characters. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, 200)
}
