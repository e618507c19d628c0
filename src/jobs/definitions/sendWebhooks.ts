import { readFeed } from '../../db/queries/feed'
import type { EventRow } from '../../db/queries/readEvents'
import {
  claimDelivery,
  insertDeliveries,
  postponeOthers,
  pruneDeliveries,
  readDueWebhooks,
  readNames,
  readWebhooks,
  settleDelivery,
  type DeliveryOutcome,
  type DeliveryRow,
  type NewDelivery,
} from '../../db/queries/webhooks'
import { withTransaction } from '../../db/tx'
import { unseal } from '../../platform/seal'
import type { JobContext, JobDefinition } from '../job'
import { post, type PostOutcome } from '../webhooks/post'

export type WebhookOptions = { allowsPrivate: boolean; timeoutMs?: number }

const feedName = 'webhooks'
const eventsAtOnce = 500
const webhooksAtOnce = 8
const deliveriesAtOnce = 50
const leaseSeconds = 90
const firstPauseMs = 30_000
const longestPauseMs = 6 * 3_600_000
/** 30 s, 1 min, 2 min … 6 h: three days. */
const triesMost = 20
const keptMs = 30 * 86_400_000

export function sendWebhooks(options: WebhookOptions): JobDefinition {
  return {
    name: 'sendWebhooks',
    expression: '*/5 * * * * *',
    run: (context) => sendWhatWebhooksWant(context, options),
  }
}

/** `sendWhatWebhooksWant`: events that a webhook asked for become deliveries, once; deliveries that are due are posted. */
export async function sendWhatWebhooksWant(
  context: JobContext,
  options: WebhookOptions,
): Promise<void> {
  while (await collect(context));
  const due = await readDueWebhooks(context.pool, context.now(), webhooksAtOnce)
  // Side by side: one that is slow does not hold up the others.
  await Promise.all(due.map((webhookId) => deliverTo(webhookId, context, options)))
}

async function collect({ pool, now }: JobContext): Promise<boolean> {
  return withTransaction(pool, async (sql) => {
    const piece = await readFeed(sql, feedName, { limit: eventsAtOnce, now: now() })
    if (!piece || piece.rows.length === 0) return false
    const webhooks = await readWebhooks(sql)
    const wanted = piece.rows.flatMap((event) => {
      const kind = kindOf(event)
      const askers = webhooks.filter(
        ({ events, siteId }) =>
          kind !== null && events.includes(kind) && (siteId === null || siteId === event.siteId),
      )
      return askers.map(({ id }) => ({ webhookId: id, event, kind: kind ?? '' }))
    })
    if (wanted.length > 0) {
      const idsOf = (pick: (event: EventRow) => number | null) => [
        ...new Set(wanted.flatMap(({ event }) => pick(event) ?? [])),
      ]
      const names = await readNames(sql, {
        chargerIds: idsOf((event) => event.chargerId),
        siteIds: idsOf((event) => event.siteId),
      })
      const deliveries: NewDelivery[] = wanted.map((one) => ({
        ...one,
        body: messageOf(one.event, one.kind, names),
      }))
      await insertDeliveries(sql, deliveries)
    }
    return !piece.isDrained
  })
}

/** What a webhook calls it: an alert is opened, acknowledged or resolved; its repeats are nobody's news. */
function kindOf({ kind, body }: EventRow): string | null {
  // a note among staff stays in the house
  if (kind === 'ticket.replied' && body['internal'] === true) return null
  if (kind !== 'alert.changed') return kind
  switch (body['what']) {
    case 'opened':
    case 'reopened':
      return 'alert.opened'
    case 'acknowledged':
      return 'alert.acknowledged'
    case 'resolved':
      return 'alert.resolved'
    default:
      return null
  }
}

function messageOf(
  event: EventRow,
  type: string,
  names: Awaited<ReturnType<typeof readNames>>,
): object {
  const place = (id: number | null, of: Map<number, string>) =>
    id === null ? null : { id, name: of.get(id) ?? null }
  return {
    id: event.id,
    type,
    at: event.at.toISOString(),
    charger: place(event.chargerId, names.chargers),
    site: place(event.siteId, names.sites),
    session: event.sessionId,
    data: event.body,
  }
}

async function deliverTo(
  webhookId: number,
  context: JobContext,
  options: WebhookOptions,
): Promise<void> {
  const { pool, now, log } = context
  for (let i = 0; i < deliveriesAtOnce; i++) {
    const delivery = await claimDelivery(pool, webhookId, { now: now(), leaseSeconds })
    if (!delivery) return
    const outcome = await deliver(delivery, now(), options)
    await settleDelivery(pool, delivery.id, outcome, now())
    if (outcome.kind === 'delivered') continue
    log.warn(
      { webhookId, delivery: delivery.id, error: outcome.error },
      'a webhook did not take it',
    )
    if (outcome.kind === 'later') {
      await postponeOthers(pool, webhookId, outcome.nextTryAt)
      return
    }
  }
}

async function deliver(
  delivery: DeliveryRow,
  now: Date,
  options: WebhookOptions,
): Promise<DeliveryOutcome> {
  if (!delivery.isActive) return failed('The webhook was switched off.')
  const secret = unseal(delivery.secret, 'webhook')
  if (secret === null) return failed('Its secret cannot be read any more: give it a new one.')
  const answer = await post(
    {
      url: delivery.url,
      secret,
      deliveryId: delivery.key,
      kind: delivery.kind,
      body: JSON.stringify(delivery.body),
      now,
    },
    { allowsPrivate: options.allowsPrivate, timeoutMs: options.timeoutMs ?? 15_000 },
  )
  return outcomeOf(answer, delivery.tries, now)
}

const failed = (error: string, status: number | null = null): DeliveryOutcome => ({
  kind: 'failed',
  status,
  error,
})

function outcomeOf(answer: PostOutcome, tries: number, now: Date): DeliveryOutcome {
  if (answer.kind === 'refused') return failed(answer.error)
  if (answer.kind === 'answered' && answer.status >= 200 && answer.status < 300)
    return { kind: 'delivered', status: answer.status }
  const status = answer.kind === 'answered' ? answer.status : null
  const error = answer.kind === 'answered' ? sayStatus(answer.status) : answer.error
  if (status === 410) return failed('410: the receiver says that it is gone for good.', status)
  if (tries >= triesMost) return failed(`${error} (given up after ${tries} tries)`, status)
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, tries - 1))
  return { kind: 'later', status, error, nextTryAt: new Date(now.getTime() + pauseMs) }
}

function sayStatus(status: number): string {
  if (status >= 300 && status < 400)
    return `${status}: the receiver points somewhere else; redirects are not followed. Give the final address.`
  return `The receiver answered ${status}.`
}

export const pruneDeliveriesJob: JobDefinition = {
  name: 'pruneDeliveries',
  expression: '0 13 * * * *',
  catchUpAfterMs: 3_600_000,
  run: ({ pool, now }) => pruneDeliveries(pool, new Date(now().getTime() - keptMs)),
}
