import type { Sql } from '@/db/pool'
import { countMails, insertMail } from '@/db/queries/mails'
import { escapeHtml } from '@/domain/html'
import { wayInMail, type WayInNews } from '@/domain/wayInMail'
import { env } from '@/platform/env'
import { publicId } from '@/platform/ids'
import type { Context } from './operation'

/** Mails to one address of one kind per hour (SEC-16). */
const perHour = 3

/**
 * `mailCode`: a link with a code that works once, through the outbox. Nothing is said about whether it was sent: the
 * address may be nobody's.
 */
export async function mailCode(
  sql: Sql,
  mail: {
    kind: 'verify' | 'reset'
    to: string
    name: string
    token: string
    network: string
    validMinutes: number
    now: Date
  },
): Promise<void> {
  const keyPrefix = `account/app-${mail.kind}/`
  const since = new Date(mail.now.getTime() - 3_600_000)
  if ((await countMails(sql, { keyPrefix, to: mail.to, since })) >= perHour) return
  const link = `${env().publicUrl}/charge/account?${mail.kind}=${mail.token}`
  const what =
    mail.kind === 'verify'
      ? `Please confirm that this is your address for charging with ${mail.network}.`
      : `Someone, we hope you, asked for a new password for charging with ${mail.network}.`
  const lines = [
    `Hello ${mail.name},`,
    what,
    `This link works once, for ${mail.validMinutes} minutes:`,
    link,
    'If it was not you, do nothing.',
  ]
  await insertMail(sql, {
    key: `${keyPrefix}${mail.token.slice(0, 12)}`,
    to: mail.to,
    subject: (mail.kind === 'verify' ? 'Confirm your address' : 'A new password').slice(0, 200),
    text: lines.join('\n\n'),
    html: lines
      .map((line) =>
        line === link ? `<p><a href="${link}">${link}</a></p>` : `<p>${escapeHtml(line)}</p>`,
      )
      .join('\n'),
  })
}

/** `mailNews`: a driver’s way in was changed; he is told, whoever did it. */
export async function mailNews(
  { sql, settings, now, ip }: Pick<Context, 'sql' | 'settings' | 'now' | 'ip'>,
  driver: { driverId: number; email: string; name: string },
  news: WayInNews,
): Promise<void> {
  await insertMail(sql, {
    key: `way-in/driver/${driver.driverId}/${publicId()}`,
    to: driver.email,
    ...wayInMail(news, { name: driver.name, network: settings.networkName, at: now, ip }),
  })
}
