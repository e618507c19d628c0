import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { env } from '@/platform/env'
import { publicId } from '@/platform/ids'
import { logFor } from '@/platform/log'

const log = logFor('email')

type Message = { to?: unknown; subject?: unknown; html?: unknown; text?: unknown }

/**
 * An e-mail adapter as Payload wants one. Nothing delivers mail yet, so it is kept as files in the data directory that
 * only our own user can read. Payload's stand-in prints mails to the log, links to reset a password among them (SEC-45).
 */
export const undelivered = () => ({
  name: 'undelivered',
  defaultFromAddress: 'noreply@localhost',
  defaultFromName: 'CITA EV',
  sendEmail: async (message: object): Promise<string> => {
    const { to, subject, html, text } = message as Message
    const folder = join(env().dataDir, 'mail')
    const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${publicId()}.txt`)
    const head = [`To: ${oneLine(to)}`, `Subject: ${oneLine(subject)}`, '', '']
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(file, head.join('\n') + String(text ?? html ?? ''), { mode: 0o600 })
    log.warn({ file }, 'a mail could not be delivered (no SMTP server) and was kept')
    return file
  },
})

function oneLine(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '')
  // eslint-disable-next-line no-control-regex -- header injection
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ')
}
