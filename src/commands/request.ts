import type { Sql } from '@/db/pool'
import { insertAudit } from '@/db/queries/insertAudit'
import { storeNextCredential } from '@/db/queries/chargerCredentials'
import { findCardNumber, insertCommand } from '@/db/queries/commandRequests'
import { deadlineSeconds } from '@/domain/command'
import { scopeFor, type Scope } from '@/domain/scope'
import { hashSecret } from '@/platform/credentials'
import { env } from '@/platform/env'
import { masked } from '@/platform/mask'
import { seal } from '@/platform/seal'
import { authorise, type Asker } from './authorise'
import { readWish, type Refusal, type Wish } from './catalogue'
import { isForeignImage } from './fileLinks'
import { passwordIn, shortestPassword, withoutPassword } from './newPassword'
import { takeTurns, turnsOf } from './turns'

export type CommandRequest = {
  asker: Asker
  /** An id or an identity. */
  charger: unknown
  action: unknown
  payload: unknown
  /** The id of a card, in place of `payload.idTag`: for those who may use a card and see a part of its number only. */
  card?: unknown
  source: 'panel' | 'rest' | 'app' | 'rule'
  /** For the audit log: who in words, from where, in which request. */
  actor: { name: string; role: string | null; ip: string | null; requestId: string | null }
  now: Date
}

export type Requested =
  { kind: 'queued'; id: number; status: 'queued'; chargerId: number } | Refusal

/**
 * `requestCommand`: the one door out, for the panel, REST, the app, rules and bulk. Run it in a transaction: the row,
 * its audit entry and the NOTIFY become true together. A refusal writes nothing but its audit entry.
 */
export async function requestCommand(sql: Sql, request: CommandRequest): Promise<Requested> {
  const { asker, actor, now } = request
  const userId = asker.kind === 'staff' ? asker.userId : null
  const audit = (news: {
    id: number | null
    siteId: number | null
    after: unknown
    refusal?: Refusal
  }) =>
    insertAudit(sql, {
      at: now,
      userId,
      actor: actor.name,
      role: actor.role,
      action: `command ${String(request.action).slice(0, 60)}`,
      resource: 'commands',
      resourceId: news.id === null ? null : String(news.id),
      siteId: news.siteId,
      before: null,
      after: JSON.stringify(news.after),
      result: news.refusal ? 'refused' : 'queued',
      reason: news.refusal?.code ?? null,
      ip: actor.ip,
      requestId: actor.requestId,
    })

  const named = await withCard(sql, request)
  if ('kind' in named) return named
  const wish = readWish(named)
  if ('kind' in wish) return wish
  const asked =
    shortPassword(wish) ??
    foreignImage(asker, wish) ??
    (await authorise(sql, { asker, charger: request.charger, wish, now }))
  const verdict =
    (asked.kind === 'ok' && userId !== null
      ? await takeTurns(sql, { userId, name: actor.name, ip: actor.ip, now }, turnsOf(wish))
      : null) ?? asked
  if (verdict.kind === 'refused') {
    if (verdict.status !== 400)
      await audit({ id: null, siteId: null, after: { charger: request.charger }, refusal: verdict })
    return verdict
  }
  const { target } = verdict
  const { payload } = wish
  const password = passwordIn(wish)
  const id = await insertCommand(sql, {
    chargerId: target.id,
    siteId: target.siteId,
    action: wish.action,
    payload: password === null ? wish.text : withoutPassword(wish.text, password),
    requestedBy: userId,
    source: request.source,
    connectorId: numberIn(payload['connectorId']),
    transactionId: numberIn(payload['transactionId']),
    idTag: typeof payload['idTag'] === 'string' ? payload['idTag'] : null,
    at: now,
    expiresAt: new Date(now.getTime() + deadlineSeconds(wish.action, 'queued') * 1000),
  })
  if (password !== null)
    await storeNextCredential(sql, target.id, {
      ...hashSecret(env().chargerKey, password),
      sealed: seal(password, 'charger-password'),
      commandId: id,
    })
  await audit({
    id,
    siteId: target.siteId,
    after: { charger: target.identity, payload: maskedPayload(payload) },
  })
  return { kind: 'queued', id, status: 'queued', chargerId: target.id }
}

/** The card's number stands in for its id, where the asker may read the card and it is good. */
async function withCard(sql: Sql, request: CommandRequest): Promise<CommandRequest | Refusal> {
  const { asker, card, payload, now } = request
  if (card === undefined) return request
  const isStart = request.action === 'RemoteStartTransaction'
  if (!isStart || typeof payload !== 'object' || payload === null || 'idTag' in payload)
    return badCard('card goes with RemoteStartTransaction, in place of payload.idTag.')
  const scope =
    asker.kind === 'staff' ? scopeFor(asker.grants, 'rfid-cards', 'read', now) : everyCard
  const uid =
    typeof card === 'number' && Number.isSafeInteger(card) && Math.abs(card) < 2 ** 31
      ? await findCardNumber(sql, card, scope)
      : null
  return uid === null
    ? badCard('There is no such active card. Choose another one.')
    : { ...request, payload: { ...payload, idTag: uid } }
}

const everyCard: Scope = { kind: 'all' }

const badCard = (sentence: string): Refusal => ({
  kind: 'refused',
  status: 400,
  code: 'invalid-command',
  sentence,
  member: 'card',
})

/** SEC-05: sixteen bytes at least, whoever sets it. */
function shortPassword(wish: Wish): Refusal | null {
  const password = passwordIn(wish)
  if (password === null || password.length >= shortestPassword) return null
  return {
    kind: 'refused',
    status: 400,
    code: 'invalid-command',
    sentence: `A password has at least ${shortestPassword} characters.`,
    member: 'payload.value',
  }
}

/** SEC-37. Rules of ours make their own addresses. */
function foreignImage(asker: Asker, { action, payload }: Wish): Refusal | null {
  if (asker.kind === 'rule' || !isForeignImage(env().filesPublicUrl, action, payload)) return null
  return {
    kind: 'refused',
    status: 403,
    code: 'foreign-image',
    sentence:
      'Firmware comes from the images of this system only. Upload the image under Firmware, then start an update there (POST /api/firmware-updates).',
    member: 'payload.location',
  }
}

function numberIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

/** ChangeConfiguration carries its secrets as `{key: 'AuthorizationKey', value: …}`. */
function maskedPayload(payload: Record<string, unknown>): unknown {
  const isSecretSetting = /key|password|secret|token/i.test(String(payload['key'] ?? ''))
  return masked(isSecretSetting ? { ...payload, value: '[masked]' } : payload)
}
