import { letterOf } from './html'

export type SensitiveKind =
  'commands' | 'criticalCommands' | 'chargerPasswords' | 'largeExports' | 'accessChanges'

type Sensitive = {
  /** How often one person may do it within an hour, where Settings say nothing else. */
  perHour: number
  /** In the plural, as in "300 …". */
  many: string
  /** What the other Super Admins are told, and from the how-manieth on; null: each one has a mail of its own, or none. */
  tell: { from: number; within: 'hour' | 'minute'; subject: string; words: string } | null
}

/** More commands than these within a minute are one act on many chargers. */
export const bulkPerMinute = 20
/** A file of more rows is a copy of the business. */
export const largeExportRows = 10_000

/** SEC-47: what a stolen login does a lot of. */
export const sensitiveActs: Readonly<Record<SensitiveKind, Sensitive>> = {
  commands: {
    perHour: 3_000,
    many: 'commands to chargers',
    tell: {
      from: bulkPerMinute + 1,
      within: 'minute',
      subject: 'Commands to many chargers',
      words: `sent more than ${bulkPerMinute} commands to chargers within a minute`,
    },
  },
  criticalCommands: {
    perHour: 200,
    many: 'hard restarts, firmware updates and security settings',
    tell: {
      from: 6,
      within: 'hour',
      subject: 'Hard restarts, firmware or security settings of chargers',
      words:
        'restarted chargers hard, updated firmware or changed security settings, six times within an hour',
    },
  },
  chargerPasswords: {
    perHour: 60,
    many: 'new passwords for chargers',
    tell: {
      from: 1,
      within: 'hour',
      subject: 'A charger has a new password',
      words: 'set a new password for a charger',
    },
  },
  largeExports: {
    perHour: 10,
    many: `files of more than ${largeExportRows.toLocaleString('en-GB')} rows`,
    tell: {
      from: 1,
      within: 'hour',
      subject: 'A large export',
      words: `exported a file of more than ${largeExportRows.toLocaleString('en-GB')} rows`,
    },
  },
  accessChanges: { perHour: 100, many: 'changes of access', tell: null },
}

/** For programs; the sentence is `overCap`. */
export const overCapCode = 'too-many-in-an-hour'

export function overCap(kind: SensitiveKind, most: number, freeAt: Date, now: Date): string {
  const minutes = Math.max(1, Math.ceil((freeAt.getTime() - now.getTime()) / 60_000))
  const wait = minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
  const { many } = sensitiveActs[kind]
  return `That would be more than ${most.toLocaleString('en-GB')} ${many} within an hour, the most one person may do (Settings). Go on ${wait}.`
}

/** `sensitiveMail`: to a Super Admin, about what another person does a lot of. It holds no link: there is nothing in it to imitate. */
export function sensitiveMail(news: {
  to: string
  by: string
  kind: SensitiveKind
  network: string
  at: Date
  ip: string | null
}): { subject: string; html: string; text: string } | null {
  const { tell } = sensitiveActs[news.kind]
  if (!tell) return null
  const when = `${news.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const from = news.ip === null ? '' : `, from the address ${news.ip}`
  const lines = [
    `Hello ${news.to},`,
    `${news.by} ${tell.words} in ${news.network}, at ${when}${from}.`,
    'What else of this kind they do in the same hour is in the audit log and in no other mail.',
    'If that was not agreed, suspend that user and look at the audit log.',
  ]
  return { subject: tell.subject, ...letterOf(lines) }
}
