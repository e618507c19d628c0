import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { createTransport, type Transporter } from 'nodemailer'

import type { MailRow } from '../db/queries/mails'
import type { MailFile } from '../db/queries/statementMails'
import { maskedText } from '../platform/mask'

export type Sender = {
  send(mail: MailRow, files?: readonly MailFile[]): Promise<SendOutcome>
  close(): void
}

export type SendOutcome =
  | { kind: 'sent' }
  /** The server says it will never take it, or there is no server. */
  | { kind: 'refused'; error: string }
  /** Not now. `isServerDown`: others need not be tried either. */
  | { kind: 'later'; error: string; isServerDown: boolean }

export type SenderOptions = {
  smtpUrl: string | null
  from: string
  /** Right side of Message-IDs. */
  host: string
  dataDir: string
  /** The longest one mail may take (RELIABILITY 3.3: 20 s). */
  timeoutMs?: number
}

/** `createSender`: sends by SMTP; without a server a mail becomes a file in the data directory, for our own user only. */
export function createSender(options: SenderOptions): Sender {
  const { smtpUrl } = options
  if (smtpUrl === null)
    return { send: (mail, files) => keep(mail, files, options), close: () => {} }
  const timeoutMs = options.timeoutMs ?? 20_000
  const transport = createTransport(
    {
      url: smtpUrl,
      connectionTimeout: Math.min(10_000, timeoutMs),
      greetingTimeout: Math.min(15_000, timeoutMs),
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    {},
  )
  return {
    send: (mail, files) => deliver(transport, messageOf(mail, files, options), timeoutMs),
    close: () => transport.close(),
  }
}

/** The same for every try of a mail: whoever gets it twice can tell (FT-23). */
export function messageIdOf(key: string, host: string): string {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 40)
  return `<${name}@${host}>`
}

function messageOf(mail: MailRow, files: readonly MailFile[] = [], options: SenderOptions) {
  return {
    messageId: messageIdOf(mail.key, options.host),
    date: mail.createdAt,
    from: options.from,
    // as an address of its own: what stands in it is no list and no header
    to: { name: '', address: mail.to },
    subject: mail.subject,
    html: mail.html ?? '',
    text: mail.text ?? '',
    attachments: files.map(({ filename, contentType, bytes }) => ({
      filename,
      contentType,
      content: bytes,
    })),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  }
}

async function deliver(
  transport: Transporter,
  message: ReturnType<typeof messageOf>,
  timeoutMs: number,
): Promise<SendOutcome> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error(`no answer within ${timeoutMs / 1000} s`), late_)),
      timeoutMs,
    )
  })
  const sending = transport.sendMail(message)
  // The one that loses the race still ends, some time.
  sending.catch(() => {})
  try {
    await Promise.race([sending, late])
    return { kind: 'sent' }
  } catch (error) {
    return outcomeOf(error)
  } finally {
    clearTimeout(timer)
  }
}

const late_ = { code: 'ETIMEDOUT' }

/** 5xx is for ever, unless it is about how we sign in: that is to be mended here, and then the mail goes out. */
function outcomeOf(thrown: unknown): SendOutcome {
  const { code, responseCode, response, message } = thrown as {
    code?: string
    responseCode?: number
    response?: string
    message?: string
  }
  const error = maskedText(String(response || message || thrown)).slice(0, 300)
  const isAboutUs = code === 'EAUTH' || code === 'ETLS' || responseCode === 530
  if (responseCode !== undefined && responseCode >= 500 && !isAboutUs)
    return { kind: 'refused', error }
  // Without an answer of the server to this very mail the server is what is wrong.
  return { kind: 'later', error, isServerDown: isAboutUs || responseCode === undefined }
}

async function keep(
  mail: MailRow,
  files: readonly MailFile[] | undefined,
  options: SenderOptions,
): Promise<SendOutcome> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const { message } = await composer.sendMail(messageOf(mail, files, options))
  const folder = join(options.dataDir, 'mail')
  const name = `${mail.createdAt.toISOString().replaceAll(':', '-')}-${mail.id}.eml`
  const file = join(folder, name)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 })
  await rename(`${file}.part`, file)
  return { kind: 'refused', error: `No mail server is set (SMTP_URL). Kept as mail/${name}.` }
}
