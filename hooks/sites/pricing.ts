import { NotFound, type Endpoint, type PayloadRequest } from 'payload'

import { isShared, readTariffUse } from '@/db/queries/sitePricing'
import { requestSql } from '@/db/requestSql'
import { isInside } from '@/domain/scope'
import { idOf } from '../access/fieldByPolicy'
import { bySites, scopeOf, staffOf } from '../access/whoAsks'
import { inTransaction } from '../inTransaction'
import { problem } from '../problem'
import { readJson } from '../readJson'

const prices = [
  'currency',
  'energyRateMicros',
  'timeRateMicros',
  'sessionFeeMinor',
  'taxBasisPoints',
  'taxIncluded',
] as const

/**
 * `POST /api/sites/:id/pricing {energyRateMicros?, timeRateMicros?, …, everywhere?}` → `{doc: tariff, isNew}`: what
 * charging costs at this site from now on. A tariff that holds elsewhere too is left alone and the site gets its own,
 * unless `everywhere` says that it is meant for all. Both rows in one transaction, with the caller's rights on each.
 */
export const pricing: Endpoint = {
  path: '/:id/pricing',
  method: 'post',
  handler: async (req) => {
    if (!staffOf(req)) return problem(401, 'not-signed-in', 'Sign in first.')
    const id = Number(req.routeParams?.['id'])
    if (!Number.isSafeInteger(id) || id < 1 || id > 2_147_483_647) throw new NotFound(req.t)
    const body = await readJson(req)
    const given = Object.fromEntries(
      prices.flatMap((name) => (name in body ? [[name, body[name]]] : [])),
    )
    if (given['energyRateMicros'] == null && given['timeRateMicros'] == null)
      return problem(
        400,
        'no-price',
        'Give a price per kWh or per minute; 0 where charging is free.',
        'energyRateMicros',
      )
    const answer = await inTransaction(req, () =>
      setPricing(req, id, given, body['everywhere'] === true),
    )
    return Response.json(answer)
  },
}

async function setPricing(
  req: PayloadRequest,
  siteId: number,
  given: Record<string, unknown>,
  isEverywhere: boolean,
): Promise<{ doc: object; isNew: boolean }> {
  const asCaller = { depth: 0, overrideAccess: false, user: req.user, req } as const
  const site = await req.payload.findByID({ collection: 'sites', id: siteId, ...asCaller })
  const present = idOf(site.tariff)
  if (present !== null && (isEverywhere || (await isOwn(req, present, siteId)))) {
    const doc = await req.payload.update({
      collection: 'tariffs',
      id: present,
      data: given,
      ...asCaller,
    })
    return { doc, isNew: false }
  }
  const doc = await req.payload.create({
    collection: 'tariffs',
    data: {
      currency: 'GBP',
      taxBasisPoints: 2000,
      taxIncluded: true,
      ...given,
      name: site.name,
      site: siteId,
    },
    ...asCaller,
  })
  await req.payload.update({
    collection: 'sites',
    id: siteId,
    data: { tariff: doc.id },
    ...asCaller,
  })
  return { doc, isNew: true }
}

/** It holds nowhere else, and the caller may change it. */
async function isOwn(req: PayloadRequest, tariffId: number, siteId: number): Promise<boolean> {
  const sql = await requestSql(req)
  if (isShared(await readTariffUse(sql, tariffId, siteId))) return false
  const { rows } = await sql.query<{ site: number | null }>(
    'select site_id site from tariffs where id = $1',
    [tariffId],
  )
  const scope = await bySites(req, await scopeOf(req, 'tariffs', 'update'))
  return isInside(scope, { siteId: rows[0]?.site ?? null })
}
