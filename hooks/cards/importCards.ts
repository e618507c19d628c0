import { APIError, type Endpoint, type PayloadRequest } from 'payload'

import { readCardWorld, writeCards } from '@/db/queries/cardImport'
import { requestSql } from '@/db/requestSql'
import { readCardFile, type CardLine, type SkippedLine } from '@/domain/cardImport'
import { planImport, type CardPlan, type LineOutcome } from '@/domain/cardPlan'
import type { Action, Resource } from '@/domain/policy'
import { isInside } from '@/domain/scope'
import { publicId } from '@/platform/ids'
import { bySites, nowOf, scopeOf, staffOf } from '../access/whoAsks'
import { record, recordMany, type AuditNews } from '../audit'
import { inTransaction } from '../inTransaction'
import { problem, refusal } from '../problem'
import { clearCachesOf } from './clearCaches'

const longestFile = 4 * 1024 * 1024

/**
 * `POST /api/rfid-cards/import?site=1&dryRun=true` with the file as `text/csv` → a report of every line. All of it is
 * written or, where something goes wrong on the way, nothing; lines that cannot be meant are left out with the reason.
 */
export const importCards: Endpoint = {
  path: '/import',
  method: 'post',
  handler: async (req) => {
    if (!staffOf(req)) return problem(401, 'not-signed-in', 'Sign in first.')
    const scope = await bySites(req, await scopeOf(req, 'rfid-cards', 'create'))
    if (scope.kind === 'none')
      throw refusal(403, 'not-permitted', 'Your role does not allow adding cards.')
    const file = readCardFile(await readFile(req))
    if (file.kind === 'unreadable') return problem(400, 'unreadable-file', file.sentence)
    const given = Number(req.searchParams.get('site') ?? 0) || null
    if (given !== null && !isInside(scope, { siteId: given }))
      return problem(400, 'unknown-site', 'Choose a site that is yours to run.', 'site')
    const onlySite = scope.kind === 'some' && scope.siteIds.length === 1 ? scope.siteIds[0]! : null
    const isDryRun = req.searchParams.get('dryRun') === 'true'
    const plan = await inTransaction(req, () =>
      carryOut(req, file.cards, { siteId: given ?? onlySite, isDryRun }),
    )
    return Response.json(reportOf(plan.outcomes, file.skipped, isDryRun, plan.drivers.length))
  },
}

async function carryOut(
  req: PayloadRequest,
  lines: readonly CardLine[],
  options: { siteId: number | null; isDryRun: boolean },
): Promise<CardPlan> {
  const sql = await requestSql(req)
  const may = async (resource: Resource, action: Action) =>
    bySites(req, await scopeOf(req, resource, action))
  const create = await may('rfid-cards', 'create')
  const world = await readCardWorld(sql, lines, {
    cards: await may('rfid-cards', 'update'),
    drivers: await may('drivers', 'read'),
    fleets: await may('fleets', 'read'),
    vehicles: await may('vehicles', 'read'),
    sites: create,
  })
  const plan = planImport(lines, {
    ...world,
    defaultSiteId: options.siteId,
    demandsSite: create.kind !== 'all',
  })
  if (options.isDryRun || plan.cards.length === 0) return plan
  const written = await writeCards(sql, plan, {
    publicIds: plan.drivers.map(() => publicId()),
    now: nowOf(req),
  })
  const created = plan.drivers.map(({ email, name, siteId }): AuditNews => ({
    action: 'create',
    resource: 'drivers',
    resourceId: String(written.driverIds.get(email) ?? ''),
    siteId,
    after: JSON.stringify({ name, email, site: siteId }),
    reason: 'card import',
  }))
  const cards = plan.cards.map((card) =>
    newsOf(card, written.cardIds.get(card.uid), written.driverIds),
  )
  await recordMany(req, [...created, ...cards])
  await record(req, {
    action: 'import',
    resource: 'rfid-cards',
    resourceId: null,
    siteId: options.siteId,
    after: JSON.stringify(countsOf(plan.outcomes)),
  })
  const shut = plan.cards.filter(
    ({ before, fields }) => before?.status === 'active' && fields.status !== 'active',
  )
  await clearCachesOf(
    req,
    shut.flatMap((card) => card.cardId ?? []),
  )
  return plan
}

/** What the audit log is told of a card: all of a new one, of others what changed. */
function newsOf(
  { uid, before, fields, newDriverEmail }: CardPlan['cards'][number],
  id: number | undefined,
  driverIds: ReadonlyMap<string, number>,
): AuditNews {
  const next = {
    ...fields,
    driverId: newDriverEmail === null ? fields.driverId : (driverIds.get(newDriverEmail) ?? null),
  }
  const names = (Object.keys(next) as (keyof typeof next)[]).filter(
    (name) => JSON.stringify(next[name]) !== JSON.stringify(before?.[name] ?? null),
  )
  const pick = (row: typeof next) =>
    JSON.stringify(Object.fromEntries(names.map((name) => [name.replace(/Id$/, ''), row[name]])))
  return {
    action: before ? 'update' : 'create',
    resource: 'rfid-cards',
    resourceId: String(id ?? ''),
    siteId: next.siteId,
    before: before ? pick(before) : null,
    after: before ? pick(next) : JSON.stringify({ uid, ...(JSON.parse(pick(next)) as object) }),
    reason: 'card import',
  }
}

function reportOf(
  outcomes: readonly LineOutcome[],
  skipped: readonly SkippedLine[],
  isDryRun: boolean,
  newDrivers: number,
) {
  const lines: LineOutcome[] = [
    ...outcomes,
    ...skipped.map((one) => ({ ...one, outcome: 'skipped' as const })),
  ].sort((a, b) => a.line - b.line)
  return { ...countsOf(lines), newDrivers, dryRun: isDryRun, lines }
}

function countsOf(lines: readonly LineOutcome[]) {
  const count = (outcome: LineOutcome['outcome']) =>
    lines.filter((line) => line.outcome === outcome).length
  return { created: count('created'), updated: count('updated'), skipped: count('skipped') }
}

async function readFile(req: PayloadRequest): Promise<string> {
  const type = req.headers.get('content-type') ?? ''
  if (!/^text\/csv\b/i.test(type))
    throw new APIError('Send the file itself: Content-Type: text/csv.', 415, null, true)
  const text = (await req.text?.()) ?? ''
  if (text.length > longestFile)
    throw new APIError('This file is too large: at most 4 MB.', 413, null, true)
  return text
}
