/** A mail server of a few lines: takes mails, or misbehaves as it is told (FT-23). Speaks no TLS and asks for no login. */
import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export type SmtpMood =
  | 'takes'
  /** 451 to the content. */
  | 'busy'
  /** 550 to the recipient. */
  | 'refuses'
  /** 250 to the content, then gone at once: it was taken. */
  | 'takes-and-cuts'
  /** Has the content and goes before it says so. */
  | 'cuts-before-250'
  /** Opens the line and says nothing. */
  | 'silent'
  | 'cuts-at-once'

export type CaughtMail = { from: string; to: string; head: string; raw: string; messageId: string }

export type SmtpCatcher = {
  url: string
  mails: CaughtMail[]
  connections: number
  /** For the next connections; the last one stays. */
  moods: SmtpMood[]
  close(): Promise<void>
}

/** `resetLinkTo`: the newest link for a password in a mail to this address, waited for: `/admin/reset/<token>`. */
export async function resetLinkTo(smtp: SmtpCatcher, address: string): Promise<string> {
  for (let i = 0; i < 100; i++) {
    const links = smtp.mails
      .filter(({ to }) => to === address)
      .flatMap(({ raw }) => /\/admin\/reset\/[0-9a-f]{40}/.exec(raw.replaceAll('=\r\n', '')) ?? [])
    if (links.length > 0) return links.at(-1)!
    await new Promise((done) => setTimeout(done, 200))
  }
  throw new Error(`no mail to ${address}`)
}

export async function startSmtp(moods: SmtpMood[] = ['takes']): Promise<SmtpCatcher> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    catcher.connections++
    const mood = catcher.moods.length > 1 ? catcher.moods.shift()! : catcher.moods[0]!
    talk(socket, mood, catcher.mails)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const catcher: SmtpCatcher = {
    url: `smtp://127.0.0.1:${port}`,
    mails: [],
    connections: 0,
    moods,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
  return catcher
}

function talk(socket: Socket, mood: SmtpMood, mails: CaughtMail[]): void {
  if (mood === 'silent') return
  if (mood === 'cuts-at-once') return void socket.destroy()
  let buffer = ''
  let content: string[] | null = null
  let from = ''
  let to = ''
  const say = (line: string) => socket.write(`${line}\r\n`)

  function received(raw: string): void {
    if (mood === 'busy') return void say('451 try again later')
    mails.push(read(raw, from, to))
    if (mood === 'cuts-before-250') return void socket.destroy()
    say('250 taken')
    if (mood === 'takes-and-cuts') socket.end()
  }

  function command(line: string): void {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO' || verb === 'HELO') say('250 localhost')
    else if (verb === 'MAIL') {
      from = /<([^>]*)>/.exec(line)?.[1] ?? ''
      say('250 ok')
    } else if (verb === 'RCPT') {
      to = /<([^>]*)>/.exec(line)?.[1] ?? ''
      say(mood === 'refuses' ? '550 5.1.1 no such mailbox' : '250 ok')
    } else if (verb === 'DATA') {
      content = []
      say('354 go on')
    } else if (verb === 'QUIT') {
      say('221 bye')
      socket.end()
    } else say('250 ok')
  }

  socket.on('data', (chunk) => {
    buffer += chunk.toString('utf8')
    for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
      const line = buffer.slice(0, end)
      buffer = buffer.slice(end + 2)
      if (content === null) command(line)
      else if (line === '.') {
        const raw = content.join('\r\n')
        content = null
        received(raw)
      } else content.push(line.startsWith('..') ? line.slice(1) : line)
    }
  })
  say('220 catcher')
}

function read(raw: string, from: string, to: string): CaughtMail {
  const [head = ''] = raw.split('\r\n\r\n', 1)
  const messageId = /^message-id:\s*(\S+)/im.exec(head)?.[1] ?? ''
  return { from, to, head, raw, messageId }
}
