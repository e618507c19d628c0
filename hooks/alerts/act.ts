import type { Endpoint, PayloadRequest } from 'payload'

import { grantsOf } from '@/db/queries/grantsOf'
import {
  holdAlert,
  writeAlertAction,
  type AlertAction,
  type AlertPlace,
} from '@/db/queries/alertActions'
import { announceAlerts } from '@/db/queries/incidents'
import { requestSql } from '@/db/requestSql'
import type { Sql } from '@/db/pool'
import { isInside, scopeFor } from '@/domain/scope'
import { bySites, scopeOf, staffOf } from '../access/whoAsks'
import { idOf } from '../access/fieldByPolicy'
import { record } from '../audit'
import { inTransaction } from '../inTransaction'
import { problem } from '../problem'
import { readJson } from '../readJson'

const longestNote = 2_000

const act =
  (action: AlertAction): Endpoint['handler'] =>
  async (req) => {
    const user = staffOf(req)
    if (!user) return problem(401, 'not-signed-in', 'Sign in first.')
    const body = await readJson(req, { isOptional: true })
    const note = noteIn(body['note'])
    if (note === undefined)
      return problem(
        400,
        'bad-note',
        `A note is a text of at most ${longestNote} characters.`,
        'note',
      )
    if (action === 'note' && note === null)
      return problem(400, 'bad-note', 'Write something to note.', 'note')
    return inTransaction(req, async () => {
      const sql = await requestSql(req)
      const alert = await alertInReach(req, sql, action)
      if (!alert) return problem(404, 'unknown-alert', 'There is no such alert.')
      if (alert.status === 'resolved' && action !== 'note')
        return problem(409, 'already-resolved', 'This alert is resolved already.')
      if (action === 'acknowledge' && alert.status === 'acknowledged')
        return problem(409, 'already-acknowledged', 'Somebody works on this already.')
      const assignee = action === 'assign' ? await assigneeIn(sql, body['user'], alert) : null
      if (assignee === undefined)
        return problem(400, 'bad-assignee', 'Choose somebody who looks after this charger.', 'user')
      const now = new Date()
      await writeAlertAction(sql, { id: alert.id, action, userId: user.id, assignee, note, now })
      const status =
        action === 'acknowledge' ? 'acknowledged' : action === 'resolve' ? 'resolved' : alert.status
      if (action !== 'note')
        await announceAlerts(sql, [{ ...alert, status, what: whats[action] }], now)
      await record(req, {
        action,
        resource: 'alerts',
        resourceId: String(alert.id),
        siteId: alert.siteId,
        before: JSON.stringify({ status: alert.status, assignedTo: alert.assignedToId }),
        after: JSON.stringify({
          status,
          ...(action === 'assign' ? { assignedTo: assignee } : {}),
          ...(note ? { note } : {}),
        }),
      })
      return Response.json({ doc: { id: alert.id, status } })
    })
  }

const whats = { acknowledge: 'acknowledged', assign: 'assigned', resolve: 'resolved' } as const

/** `POST /api/alerts/:id/{acknowledge,assign,resolve,note}`: what people do about an alert. */
export const alertActions: Endpoint[] = (['acknowledge', 'assign', 'resolve', 'note'] as const).map(
  (action) => ({ path: `/:id/${action}`, method: 'post', handler: act(action) }),
)

async function alertInReach(
  req: PayloadRequest,
  sql: Sql,
  action: AlertAction,
): Promise<AlertPlace | null> {
  const id = idOf(req.routeParams?.['id'])
  const alert = id === null ? null : await holdAlert(sql, id)
  if (!alert) return null
  // a note is part of working on it
  const asked = action === 'note' ? 'acknowledge' : action
  const scope = await bySites(req, await scopeOf(req, 'alerts', asked))
  return isInside(scope, alert) ? alert : null
}

/** The person's id, null for nobody, undefined for somebody who could do nothing about it. */
async function assigneeIn(
  sql: Sql,
  value: unknown,
  alert: AlertPlace,
): Promise<number | null | undefined> {
  if (value === null || value === undefined || value === '') return null
  const id = idOf(value)
  if (id === null) return undefined
  const scope = scopeFor(await grantsOf(sql, id), 'alerts', 'acknowledge', new Date())
  return isInside(scope, alert) ? id : undefined
}

function noteIn(value: unknown): string | null | undefined {
  if (value === null || value === undefined || value === '') return null
  if (typeof value !== 'string' || value.length > longestNote || value.includes('\u0000'))
    return undefined
  return value.trim() || null
}
