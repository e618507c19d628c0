import type { Endpoint, PayloadRequest } from 'payload'

import {
  insertCorrection,
  lockCorrected,
  setTerms,
  type CorrectedSession,
  type NewTerms,
} from '@/db/queries/corrections'
import { requestSql } from '@/db/requestSql'
import {
  checkCorrection,
  correctionKinds,
  taxOf,
  type CorrectionKind,
  type CorrectionWish,
} from '@/domain/correction'
import { isInside } from '@/domain/scope'
import { bySites, nowOf, scopeOf, staffOf } from '../access/whoAsks'
import { record } from '../audit'
import { inTransaction } from '../inTransaction'
import { notAllowed, problem } from '../problem'
import { readJson } from '../readJson'

/**
 * `POST /api/sessions/:id/corrections {kind, reason, amountMinor?, energyWh?, taxBasisPoints?, tariff?, isFree?}` →
 * 201 `{doc: {id}}`: a decision about a session that has ended (`domain/correction`), append only. Amounts are with tax,
 * in the smallest unit of the session's currency; row 47 of the policy table says who may.
 */
export const correct: Endpoint = {
  path: '/:id/corrections',
  method: 'post',
  handler: async (req) => {
    const user = staffOf(req)
    if (!user) return problem(401, 'not-signed-in', 'Sign in first.')
    const text = String(req.routeParams?.['id'] ?? '')
    const body = await readJson(req)
    const wish = readWish(body)
    if (typeof wish === 'string') return problem(400, 'bad-correction', wish, 'kind')
    if (!/^[1-9]\d{0,8}$/.test(text)) return unknownSession()
    return inTransaction(req, async () => {
      const session = await lockCorrected(
        await requestSql(req),
        Number(text),
        await scopeOf(req, 'sessions', 'read'),
      )
      if (!session) return unknownSession()
      if (!isInside(await bySites(req, await scopeOf(req, 'sessions', 'correct')), session))
        throw notAllowed('Only a Super Admin can correct a session.')
      const refusal = checkCorrection(session, wish)
      if (refusal) return problem(400, 'bad-correction', refusal.sentence, refusal.member)
      return decide(req, { session, wish, body, userId: user.id })
    })
  },
}

type Decision = {
  session: CorrectedSession
  wish: CorrectionWish
  body: Record<string, unknown>
  userId: number
}

async function decide(
  req: PayloadRequest,
  { session, wish, body, userId }: Decision,
): Promise<Response> {
  const sql = await requestSql(req)
  const isPricing = wish.kind === 'price-again'
  if (isPricing) {
    const terms = await readTerms(req, body)
    if (!terms || !(await setTerms(sql, session.id, terms)))
      return problem(
        400,
        'no-price',
        terms?.kind === 'now'
          ? 'There is still no price for this charger. Set one on its site, or choose a tariff here.'
          : 'Choose one of the tariffs you can see.',
        'tariff',
      )
  }
  const rate = body['taxBasisPoints']
  const isRate = Number.isSafeInteger(rate) && (rate as number) >= 0 && (rate as number) <= 10_000
  const taxBasisPoints = isRate ? (rate as number) : (session.taxBasisPoints ?? 0)
  const { netMinor, taxMinor } = taxOf(isPricing ? 0 : wish.amountMinor, taxBasisPoints)
  const id = await insertCorrection(sql, {
    session,
    kind: wish.kind,
    netMinor,
    taxMinor,
    taxBasisPoints,
    energyWh: isPricing ? 0 : wish.energyWh,
    reason: wish.reason.trim(),
    madeBy: userId,
    now: nowOf(req),
  })
  await record(req, {
    action: 'correct',
    resource: 'sessions',
    resourceId: String(session.id),
    siteId: session.siteId,
    after: JSON.stringify({
      correction: id,
      kind: wish.kind,
      netMinor,
      taxMinor,
      ...energyOf(wish),
    }),
    reason: wish.reason.trim(),
  })
  return Response.json({ doc: { id } }, { status: 201 })
}

const energyOf = (wish: CorrectionWish) => (wish.energyWh ? { energyWh: wish.energyWh } : {})

function readWish(body: Record<string, unknown>): CorrectionWish | string {
  const kind = body['kind'] as CorrectionKind
  if (!correctionKinds.includes(kind))
    return `Say what is decided: kind is one of ${correctionKinds.join(', ')}.`
  const number = (name: string) => (body[name] === undefined ? 0 : Number(body[name]))
  return {
    kind,
    amountMinor: kind === 'accepted' || kind === 'price-again' ? 0 : number('amountMinor'),
    energyWh: kind === 'accepted' || kind === 'price-again' ? 0 : number('energyWh'),
    reason: typeof body['reason'] === 'string' ? body['reason'] : '',
  }
}

async function readTerms(
  req: PayloadRequest,
  body: Record<string, unknown>,
): Promise<NewTerms | null> {
  if (body['isFree'] === true) return { kind: 'free' }
  if (body['tariff'] === undefined || body['tariff'] === null) return { kind: 'now' }
  const tariffId = Number(body['tariff'])
  if (!Number.isSafeInteger(tariffId)) return null
  const { totalDocs } = await req.payload.count({
    collection: 'tariffs',
    where: { id: { equals: tariffId } },
    overrideAccess: false,
    user: req.user,
    req,
  })
  return totalDocs === 1 ? { kind: 'tariff', tariffId } : null
}

const unknownSession = () => problem(404, 'unknown-session', 'There is no such session.')
