import type { Request, Response } from 'express'

const lingerMs = 3_000

const words: Readonly<Record<number, string>> = {
  400: 'This upload cannot be read.',
  403: 'This link does not hold, or no longer.',
  404: 'not found',
  405: 'not allowed',
  409: 'Another upload with this link has taken its place.',
  413: 'This file is too large.',
  429: 'Too many attempts. Try again later.',
  507: 'There is no room for this file.',
}

/**
 * `refuse`: answers, and reads what the other side is still sending for a moment, so that it gets to see the answer: a
 * socket that is closed with unread bytes in it takes the answer along.
 */
export function refuse(
  request: Request,
  response: Response,
  status: keyof typeof words,
  sentence = words[status],
): void {
  if (!response.headersSent)
    response
      .status(status)
      .type('text/plain')
      .send(`${sentence ?? 'no'}\n`)
  linger(request)
}

function linger(request: Request): void {
  request.unpipe()
  if (request.complete || request.destroyed) return
  const timer = setTimeout(() => request.socket.destroy(), lingerMs).unref()
  request.once('close', () => clearTimeout(timer))
  request.once('end', () => clearTimeout(timer))
  request.on('error', () => {
    // it went away; nobody is left to tell
  })
  request.resume()
}
