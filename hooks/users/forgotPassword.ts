import { randomBytes } from 'node:crypto'
import { addDataAndFileToRequest, type Endpoint, type PayloadRequest } from 'payload'

import { findAccount, setResetToken } from '@/db/queries/staffPasswords'
import { poolOf, requestSql } from '@/db/requestSql'
import { env } from '@/platform/env'
import { accountKey } from '@/platform/accountKey'
import { logFor } from '@/platform/log'
import { clientAddress, record } from '../audit'
import { inTransaction } from '../inTransaction'
import { problem } from '../problem'
import { resetMail } from './resetMail'
import { isWithin } from './signIn/tries'

const validMinutes = 30
/** Longer than the work takes: the time of the answer does not tell whether there was any (SEC-16). */
const answerAfterMs = 400
const log = logFor('web')

/**
 * `POST /api/users/forgot-password {email}`: the same answer after the same time for known and unknown addresses. The
 * link goes out through the outbox; three an hour for one address of mail, thirty for one place.
 */
export const forgotPassword: Endpoint = {
  path: '/forgot-password',
  method: 'post',
  handler: async (req) => {
    await addDataAndFileToRequest(req)
    const { email, ...others } = (req.data ?? {}) as Record<string, unknown>
    const isForm = typeof email === 'string' && /^[^@\s]+@[^@\s]+$/.test(email)
    if (!isForm || email.length > 254 || Object.keys(others).length > 0)
      return problem(
        400,
        'bad-request',
        'Send the e-mail address, as a text, and nothing else.',
        'email',
      )
    const pause = new Promise((resolve) => setTimeout(resolve, answerAfterMs))
    await Promise.all([
      pause,
      send(req, email.trim().toLowerCase()).catch((error: unknown) =>
        log.error({ err: error }, 'a link to set a password could not be sent'),
      ),
    ])
    return Response.json({
      message:
        'If the address belongs to an account, a link to set a new password is on its way. If you don’t get an e-mail, ask your system admin.',
    })
  },
}

async function send(req: PayloadRequest, email: string): Promise<void> {
  const isMeant = await isWithin(req, 'forgotten', `forgot:${accountKey(email)}`)
  const isCalm = await isWithin(req, 'forgottenFrom', `forgot-from:${clientAddress(req) ?? 'here'}`)
  const user = await findAccount(poolOf(req), email)
  if (!isMeant || !isCalm || !user) return
  const token = randomBytes(20).toString('hex')
  await inTransaction(req, async () => {
    const sql = await requestSql(req)
    const until = new Date(Date.now() + validMinutes * 60_000)
    await setResetToken(sql, user.id, { token, until })
    await record(req, {
      action: 'forgot-password',
      resource: 'users',
      resourceId: String(user.id),
      siteId: null,
      after: JSON.stringify({ validMinutes }),
    })
  })
  const link = `${env().publicUrl}/admin/reset/${token}`
  await req.payload.sendEmail({
    to: user.email,
    ...resetMail({ name: user.name, link, validMinutes }),
  })
}
