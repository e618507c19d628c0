import { randomBytes } from 'node:crypto'
import { NotFound, type Endpoint, type PayloadRequest } from 'payload'

import { insertMail } from '@/db/queries/mails'
import { setResetToken } from '@/db/queries/staffPasswords'
import { requestSql } from '@/db/requestSql'
import { env } from '@/platform/env'
import { scopeOf, staffOf } from '../access/whoAsks'
import { record } from '../audit'
import { inTransaction } from '../inTransaction'
import { notAllowed, problem } from '../problem'
import { readJson } from '../readJson'
import { linkMail } from './linkMail'

/** SEC-17: a link to set a password works once, for an hour at most. */
const validMinutes = 60

export type LinkWay = 'mail' | 'link'
type User = { id: number; email: string; name?: string | null }

/** `defaultWay`: where no mail server is set up, a link that is shown reaches somebody; a mail would lie here. */
export const defaultWay = (): LinkWay => (env().smtpUrl ? 'mail' : 'link')

/**
 * `issuePasswordLink`: the user can set a password with a new link; an older one is worth nothing. By mail it goes through
 * the outbox, in the transaction that made it; otherwise it is in the answer, once, and nowhere else.
 */
export async function issuePasswordLink(
  req: PayloadRequest,
  user: User,
  by: LinkWay,
  options: { isNew: boolean },
): Promise<{ sentTo: string } | { setPasswordLink: string; validMinutes: number }> {
  const token = randomBytes(20).toString('hex')
  const sql = await requestSql(req)
  await setResetToken(sql, user.id, { token, until: new Date(Date.now() + validMinutes * 60_000) })
  await record(req, {
    action: 'password-link',
    resource: 'users',
    resourceId: String(user.id),
    siteId: null,
    after: JSON.stringify({ by, validMinutes }),
  })
  const link = `${env().publicUrl}/admin/reset/${token}`
  if (by === 'link') return { setPasswordLink: link, validMinutes }
  await insertMail(sql, {
    key: `password-link:${user.id}:${randomBytes(8).toString('hex')}`,
    to: user.email,
    ...linkMail({ name: user.name || user.email, link, validMinutes, isNew: options.isNew }),
  })
  return { sentTo: user.email }
}

/** `POST /api/users/:id/password-link {by: 'mail' | 'link'}`: for Super Admins. Outside one's sight 404. */
export const passwordLink: Endpoint = {
  path: '/:id/password-link',
  method: 'post',
  handler: async (req) => {
    if (!staffOf(req)) return problem(401, 'not-signed-in', 'Sign in first.')
    const id = Number(req.routeParams?.['id'])
    if (!Number.isSafeInteger(id) || id < 1 || id > 2_147_483_647) throw new NotFound(req.t)
    const { by = defaultWay() } = await readJson(req, { isOptional: true })
    if (by !== 'mail' && by !== 'link')
      return problem(400, 'bad-value', 'by is "mail" or "link".', 'by')
    const user = await req.payload.findByID({
      collection: 'users',
      id,
      depth: 0,
      overrideAccess: false,
      user: req.user,
      req,
    })
    if ((await scopeOf(req, 'users', 'update')).kind !== 'all')
      throw notAllowed('Only a Super Admin can make a link to set somebody’s password.')
    const answer = await inTransaction(req, () =>
      issuePasswordLink(req, user, by, { isNew: false }),
    )
    return Response.json({ doc: { id }, ...answer }, { headers: { 'Cache-Control': 'no-store' } })
  },
}
