import type { CollectionAfterChangeHook, CollectionBeforeChangeHook, PayloadRequest } from 'payload'

import { channels } from '@/db/channels'
import { notify } from '@/db/notify'
import { storeCredential } from '@/db/queries/chargerCredentials'
import { requestSql } from '@/db/requestSql'
import { isInside } from '@/domain/scope'
import { hashSecret, newChargerSecret } from '@/platform/credentials'
import { env } from '@/platform/env'
import { idOf } from '../access/fieldByPolicy'
import { bySites, scopeOf, staffOf } from '../access/whoAsks'
import { record } from '../audit'
import { badField, notAllowed } from '../problem'
import { requireStepUp } from '../users/stepUp'
import { requireTurn } from '../users/turn'

const shortestBytes = 16
const longestBytes = 64

/** `takePassword`: a given password leaves the document before it is written; what is wrong with it is said at its field. */
export const takePassword: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  const { password, ...rest } = data as Record<string, unknown>
  if (password === undefined || password === null || password === '') return rest
  const problem = passwordProblem(password)
  if (problem) throw badField(req, collection.slug, 'password', problem)
  if (operation === 'update') {
    if (!(await mayRotate(req, originalDoc as object)))
      throw notAllowed('You may not set the password of this charger.')
    await requireStepUp(req, 'set a new password for a charger')
    await requireTurn(req, 'chargerPasswords')
  }
  req.context['chargerPassword'] = password
  return rest
}

/**
 * `issueCredential`: a new charger has a secret in the transaction that made it: the one given, else one made here and
 * answered this once as `oneTimePassword`. Kept as a keyed hash in a table of its own (ARCHITECTURE, "Credentials").
 */
export const issueCredential: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  const given = req.context['chargerPassword'] as string | undefined
  delete req.context['chargerPassword']
  if (operation === 'update' && given === undefined) return doc
  const secret = given ?? newChargerSecret()
  const { id, site } = doc as { id: number; site?: unknown }
  await keepSecret(req, id, secret)
  if (operation === 'update') await tellAudit(req, { id, site })
  return given === undefined ? { ...(doc as object), oneTimePassword: secret } : doc
}

/** `rotateCredential`: the charger's old secret is worth nothing from here on. The answer holds the new one if it was made here. */
export async function rotateCredential(
  req: PayloadRequest,
  charger: { id: number; site: unknown },
  password: unknown,
): Promise<{ oneTimePassword?: string }> {
  const given = password === undefined || password === null || password === '' ? null : password
  const problem = given === null ? null : passwordProblem(given)
  if (problem) throw badField(req, 'chargers', 'password', problem)
  const secret = (given as string | null) ?? newChargerSecret()
  await keepSecret(req, charger.id, secret)
  await tellAudit(req, charger)
  return given === null ? { oneTimePassword: secret } : {}
}

/** Whether the caller may set this charger's secret; where he stands is asked of the charger's own place. */
export async function mayRotate(req: PayloadRequest, charger: object): Promise<boolean> {
  if (!staffOf(req)) return req.payloadAPI === 'local'
  const row = charger as { id?: unknown; site?: unknown }
  const scope = await bySites(req, await scopeOf(req, 'charger-credentials', 'rotate'))
  return isInside(scope, { siteId: idOf(row.site), chargerId: idOf(row.id) })
}

function tellAudit(req: PayloadRequest, charger: { id: number; site?: unknown }): Promise<void> {
  return record(req, {
    action: 'rotate-password',
    resource: 'chargers',
    resourceId: String(charger.id),
    siteId: idOf(charger.site),
    after: JSON.stringify({ password: 'set' }),
  })
}

async function keepSecret(req: PayloadRequest, chargerId: number, secret: string): Promise<void> {
  const sql = await requestSql(req)
  await storeCredential(sql, chargerId, hashSecret(env().chargerKey, secret))
  await notify(sql, channels.charger, chargerId)
}

function passwordProblem(password: unknown): string | null {
  if (typeof password !== 'string') return 'A password is a text.'
  const bytes = Buffer.byteLength(password, 'utf8')
  if (bytes < shortestBytes) return `A password has at least ${shortestBytes} characters.`
  if (bytes > longestBytes) return `A password has at most ${longestBytes} characters.`
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(password)) return 'A password has no control characters.'
  return null
}
