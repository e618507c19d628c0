import type { Access, CollectionConfig, PayloadRequest, Where } from 'payload'

import { readSeenSchedules } from '@/db/queries/schedules'
import { requestSql } from '@/db/requestSql'
import type { Action } from '@/domain/policy'
import { scopeFor } from '@/domain/scope'
import { bySites, grantsFor, nowOf, scopeOf, staffOf } from '../access/whoAsks'

const never = () => false

/** What a site owner may do with schedules is done to those he made for himself; others by the sites they cover. */
const schedules =
  (action: Action): Access =>
  async ({ req }) => {
    const whole = await scopeOf(req, 'report-schedules', action)
    if (whole.kind !== 'some') return whole.kind === 'all'
    if (action === 'create') return true
    req.context['isScoped'] = true
    const either = [await inScope(req, action), ownOf(req)].filter((where) => where !== null)
    return { or: either }
  }

async function inScope(req: PayloadRequest, action: Action): Promise<Where | null> {
  const grants = (await grantsFor(req)).filter((grant) => grant.role !== 'site-owner')
  const scope = await bySites(req, scopeFor(grants, 'report-schedules', action, nowOf(req)))
  if (scope.kind !== 'some') return null
  const seen = await readSeenSchedules(await requestSql(req), scope)
  return seen.length > 0 ? { id: { in: seen } } : null
}

function ownOf(req: PayloadRequest): Where {
  return { createdBy: { equals: staffOf(req)?.id ?? 0 } }
}

export const schedulesAccess: NonNullable<CollectionConfig['access']> = {
  read: schedules('read'),
  create: schedules('create'),
  update: schedules('update'),
  delete: schedules('delete'),
  readVersions: never,
  unlock: never,
}
