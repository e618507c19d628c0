import { letterOf } from './html'

/** What can happen to somebody's way in, in the words of the mail that tells its owner. */
const happened = {
  password: 'Your password was changed.',
  'password-by-link': 'A new password was set with the link that was sent to you.',
  'password-by-admin': 'An administrator set a new password for you.',
  address: 'The e-mail address you sign in with was changed. This one is not used any more.',
  'second-factor-on': 'Two-factor authentication was turned on.',
  'second-factor-off': 'Two-factor authentication was turned off.',
  'second-factor-reset':
    'An administrator reset your two-factor authentication. You set it up anew when you next sign in.',
  'recovery-codes': 'New recovery codes were made. The old ones open nothing any more.',
} as const

export type WayInNews = keyof typeof happened

/**
 * `wayInMail`: a mail to whom an account belongs, so that a change somebody else made is noticed by the one who can tell.
 * It holds no link: there is nothing in it to imitate.
 */
export function wayInMail(
  news: WayInNews,
  { name, network, at, ip }: { name: string; network: string; at: Date; ip: string | null },
): { subject: string; html: string; text: string } {
  const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const lines = [
    `Hello ${name},`,
    happened[news],
    ip === null ? `It happened at ${when}.` : `It happened at ${when}, from the address ${ip}.`,
    `If you know of it, there is nothing to do. If not, tell whoever runs ${network} at once: they can end every sign-in of yours.`,
  ]
  return { subject: 'Your sign-in was changed', ...letterOf(lines) }
}

/** `accessMail`: to a Super Admin, about access that another one gave or took. */
export function accessMail(news: { to: string; by: string; what: string; network: string }): {
  subject: string
  html: string
  text: string
} {
  const lines = [
    `Hello ${news.to},`,
    `${news.what}.`,
    `${news.by} changed this in the panel of ${news.network}. If that was not agreed, suspend that user and look at the audit log.`,
  ]
  return { subject: 'Access was changed', ...letterOf(lines) }
}
