import { createHash } from 'node:crypto'

import { insertShareLink } from '@/db/queries/shareLinks'
import type { Sql } from '@/db/pool'
import { env } from '@/platform/env'
import { PublicError } from '@/platform/errors'
import { randomSecret } from '@/platform/ids'

import type { Viewer } from './viewer'

const address = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]+\.[a-z0-9-]{2,}$/i
const dayMs = 86_400_000
const shareDaysMost = 90

/** For how long, and for whom: mailed to an address, or shown to be passed on. */
export type ShareWish = { days: number; mailTo: string | null; sharedWith: string | null }

/** `readWish`: `{days?, email? | sharedWith?}` of a request. */
export function readWish(body: Record<string, unknown>): ShareWish {
  const days = Number(body['days'] ?? 14)
  if (!Number.isSafeInteger(days) || days < 1 || days > shareDaysMost)
    throw bad('days', `Give a whole number of days, 1 to ${shareDaysMost}.`)
  const mailTo = textOf(body['email'])
  if (mailTo && !address.test(mailTo)) throw bad('email', 'Give one e-mail address.')
  return { days, mailTo, sharedWith: mailTo ?? textOf(body['sharedWith']) }
}

/**
 * `giveLink`: its key is 256 random bits, shown once or mailed by the worker, and stored as a hash. No `url` where it is
 * mailed.
 */
export async function giveLink(
  sql: Sql,
  viewer: Viewer,
  wish: ShareWish & { statement: number; title: string },
): Promise<{ id: number; url?: string }> {
  const key = wish.mailTo ? null : randomSecret()
  const id = await insertShareLink(sql, {
    statementId: wish.statement,
    title: wish.title,
    sharedWith: wish.sharedWith,
    sharedBy: viewer.userId,
    expiresAt: new Date(viewer.now.getTime() + wish.days * dayMs),
    keyHash: key === null ? null : createHash('sha256').update(key).digest('hex'),
    mailTo: wish.mailTo,
    now: viewer.now,
  })
  return { id, url: key === null ? undefined : `${env().publicUrl}/shared/${key}` }
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : null
const bad = (member: string, sentence: string) =>
  new PublicError({ code: `bad-${member}`, status: 400, sentence })
