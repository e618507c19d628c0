import type { CollectionBeforeValidateHook, PayloadRequest } from 'payload'

import { readSitesOf, readZoneOf } from '@/db/queries/schedules'
import { requestSql } from '@/db/requestSql'
import { isInside, scopeFor } from '@/domain/scope'
import { idOf } from '../access/fieldByPolicy'
import { bySites, grantsFor, nowOf, scopeOf, staffOf } from '../access/whoAsks'
import { badField } from '../problem'

type Row = Record<string, unknown>

/**
 * `checkSchedule`: a schedule covers what its maker may schedule, every single site of it; a site owner is its only
 * recipient (policy row 58).
 */
export const checkSchedule: CollectionBeforeValidateHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const staff = staffOf(req)
  if (!staff || !data) return data
  const row: Row = { ...(originalDoc as Row | undefined), ...(data as Row) }
  const wrong = (path: string, sentence: string) =>
    badField(req, 'report-schedules', path, sentence)
  const isSite = row['covers'] === 'site'
  const path = isSite ? 'site' : 'organisation'
  const id = idOf(row[path])
  if (id === null) throw wrong(path, isSite ? 'Choose a site.' : 'Choose an organisation.')
  const sites = isSite
    ? [id]
    : await readSitesOf(await requestSql(req), id, row['covers'] === 'owner')
  if (sites.length === 0) throw wrong(path, 'This organisation has no sites yet.')
  // a fleet's people are the operator's business, not a site owner's (policy row 45)
  if (row['kind'] === 'fleetUsage' && row['covers'] !== 'operator')
    throw wrong('covers', 'Fleet Usage says who charged: it is made for an operator only.')
  const action = operation === 'create' ? 'create' : 'update'
  const scope = await bySites(req, await scopeOf(req, 'report-schedules', action))
  if (!sites.every((siteId) => isInside(scope, { siteId })))
    throw wrong(
      path,
      isSite ? 'Choose a site that is yours to run.' : 'Some of its sites are not yours to run.',
    )
  if (!(await isForOthers(req, sites, action)) && !isOnly(row['recipients'], staff.email))
    throw wrong('recipients', 'You can send this to your own address only.')
  if (operation !== 'create') return data
  // Fixed now: a zone that changes later must not move the edges of periods already issued.
  const zone = row['timezone'] || (await readZoneOf(await requestSql(req), isSite ? id : null))
  return {
    ...data,
    timezone: zone,
    createdBy: staff.id,
    ...(isSite ? { organisation: null } : { site: null }),
  }
}

/** Whether the person may name other recipients for all of these sites: not by being the owner of one. */
async function isForOthers(
  req: PayloadRequest,
  sites: readonly number[],
  action: 'create' | 'update',
): Promise<boolean> {
  const grants = (await grantsFor(req)).filter((grant) => grant.role !== 'site-owner')
  const scope = await bySites(req, scopeFor(grants, 'report-schedules', action, nowOf(req)))
  return sites.every((siteId) => isInside(scope, { siteId }))
}

function isOnly(recipients: unknown, email: string): boolean {
  const list = Array.isArray(recipients) ? (recipients as unknown[]) : []
  return list.every((one) => String(one).toLowerCase() === email.toLowerCase())
}
