import { claimMail, pruneMails, settleMail, type MailOutcome } from '../../db/queries/mails'
import { readMailFiles } from '../../db/queries/statementMails'
import type { Sender, SendOutcome } from '../../email/send'
import type { JobContext, JobDefinition } from '../job'

const leaseSeconds = 120
/** What a worker that is stopping waits for is one mail, not a queue. */
const mailsAtOnce = 200
const firstPauseMs = 30_000
const longestPauseMs = 24 * 3_600_000
/** After so long nobody wants it any more. */
const triesMost = 16

/** `sendOutboxMail`: every mail of the outbox reaches the server once, or a person sees why it does not. */
export function sendOutboxMail(sender: Sender): JobDefinition {
  return {
    name: 'sendOutboxMail',
    expression: '*/5 * * * * *',
    run: (context) => sendWaitingMail(context, sender),
  }
}

export async function sendWaitingMail(context: JobContext, sender: Sender): Promise<void> {
  const { pool, now, log } = context
  for (let i = 0; i < mailsAtOnce; i++) {
    const mail = await claimMail(pool, { now: now(), leaseSeconds })
    if (!mail) return
    const files = await readMailFiles(pool, mail.id)
    const outcome = await sender.send(mail, files).catch((error: unknown): SendOutcome => ({
      kind: 'later',
      error: error instanceof Error ? error.message : String(error),
      isServerDown: true,
    }))
    await settleMail(pool, mail.id, toSettle(outcome, mail.tries, now()), now())
    if (outcome.kind === 'sent') continue
    log.warn({ mail: mail.id, tries: mail.tries, error: outcome.error }, 'a mail was not delivered')
    // The others would run into the same wall; the next turn knocks again.
    if (outcome.kind === 'later' && outcome.isServerDown) return
  }
}

function toSettle(outcome: SendOutcome, tries: number, now: Date): MailOutcome {
  switch (outcome.kind) {
    case 'sent':
      return { kind: 'sent' }
    case 'refused':
      return { kind: 'failed', error: outcome.error }
    case 'later':
      return tries >= triesMost
        ? { kind: 'failed', error: `${outcome.error} (given up after ${tries} tries)` }
        : { kind: 'later', error: outcome.error, nextTryAt: nextTry(tries, now) }
  }
}

/** 30 s, 1 min, 2 min … 24 h: sixteen tries are about nine days. */
export function nextTry(tries: number, now: Date): Date {
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, tries - 1))
  return new Date(now.getTime() + pauseMs)
}

export const pruneMailsJob: JobDefinition = {
  name: 'pruneMails',
  expression: '0 11 * * * *',
  catchUpAfterMs: 3_600_000,
  run: ({ pool, now }) => pruneMails(pool, now()),
}
