import { createElement } from 'react'

import { readChargeForNews, type ChargeForNews } from '../../db/queries/app/news'
import { readFeed } from '../../db/queries/feed'
import { networkName } from '../../db/queries/mails'
import type { EventRow } from '../../db/queries/readEvents'
import { insertDeliveries, readWebhooks } from '../../db/queries/webhooks'
import type { Sql } from '../../db/pool'
import { withTransaction } from '../../db/tx'
import { newsOf, usualNews, type ChargeNews, type NewsKind } from '../../domain/app/news'
import { formatMinor } from '../../domain/money'
import { enqueueMail } from '../../email/outbox'
import { toHtml, toText } from '../../email/render'
import { ChargeMail } from '../../email/templates/charge'
import type { JobContext, JobDefinition } from '../job'

const feedName = 'drivers'
const eventsAtOnce = 500
/** What a webhook subscribes to that hands messages on to phones. */
export const pushEvent = 'driver.notification'
/** What is worth a mail as well; the rest is for phones. */
const mailed: ReadonlySet<NewsKind> = new Set(['receipts', 'chargeInterrupted'])

/**
 * `tellDrivers`: who charges hears that it began, ended or was interrupted, and what it cost, as far as he wishes to. To
 * phones by webhook (the relay behind it holds the keys of Apple and Google, this system none), receipts and
 * interruptions by mail too.
 */
export const tellDrivers: JobDefinition = {
  name: 'tellDrivers',
  expression: '*/5 * * * * *',
  run: tellDriversNews,
}

export async function tellDriversNews({ pool, now }: JobContext): Promise<void> {
  for (let hasMore = true; hasMore;) {
    hasMore = await withTransaction(pool, async (sql) => {
      const piece = await readFeed(sql, feedName, { limit: eventsAtOnce, now: now() })
      if (!piece) return false
      for (const event of piece.rows)
        if (event.kind.startsWith('session.')) await tell(sql, event, now())
      return !piece.isDrained
    })
  }
}

async function tell(sql: Sql, event: EventRow, now: Date): Promise<void> {
  if (event.sessionId === null) return
  const charge = await readChargeForNews(sql, event.sessionId)
  const news = charge && newsOf(event.kind, charge, now)
  if (!news || { ...usualNews, ...charge.wishes }[news.kind] !== true) return
  await push(sql, event, charge, news)
  if (mailed.has(news.kind)) await mail(sql, event.sessionId, charge, news)
}

/** A message for each webhook that hands on; to which devices stands in it. */
async function push(
  sql: Sql,
  event: EventRow,
  charge: ChargeForNews,
  { kind, title, text }: ChargeNews,
): Promise<void> {
  if (charge.devices.length === 0) return
  const relays = (await readWebhooks(sql)).filter(
    ({ events, siteId }) =>
      events.includes(pushEvent) && (siteId === null || siteId === event.siteId),
  )
  const { driverPublicId, chargeId, devices } = charge
  await insertDeliveries(
    sql,
    relays.map(({ id }) => ({
      webhookId: id,
      event,
      key: `driver/${event.id}`,
      kind: pushEvent,
      body: {
        id: event.id,
        type: pushEvent,
        at: event.at.toISOString(),
        data: { what: kind, title, text, session: chargeId, driver: driverPublicId, devices },
      },
    })),
  )
}

/** Priced again, it is the same receipt: the app has it as it stands now. */
async function mail(
  sql: Sql,
  sessionId: number,
  charge: ChargeForNews,
  { kind, title, text }: ChargeNews,
): Promise<void> {
  const network = await networkName(sql)
  const { name, timezone, energyWh, costMinor, taxMinor, currency } = charge
  const money = (minor: number | null) =>
    minor === null || currency === null ? null : formatMinor(minor, currency)
  const at = (date: Date | null) =>
    date &&
    `${date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: timezone })} (${timezone})`
  const isReceipt = kind === 'receipts'
  const letter = createElement(ChargeMail, {
    network,
    title,
    name,
    text,
    facts: [
      ['Receipt', isReceipt ? String(charge.number) : null],
      ['From', at(charge.startedAt)],
      ['To', at(charge.stoppedAt)],
      ['Energy', energyWh === null ? null : `${(energyWh / 1000).toFixed(3)} kWh`],
      ['Tax included', isReceipt && taxMinor !== 0 ? money(taxMinor) : null],
      ['Total', isReceipt ? money(costMinor) : null],
    ],
  })
  await enqueueMail(sql, {
    key: `charge/${sessionId}/${kind}`,
    to: charge.email,
    subject: title,
    html: toHtml(letter),
    text: toText(letter),
  })
}
