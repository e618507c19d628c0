import { createElement } from 'react'

import { requestCommand } from '../../commands/request'
import type { Sql } from '../../db/pool'
import {
  countBudgets,
  readBudgetAlerts,
  readOverdrawn,
  setSpentBudgets,
  storeBudgetState,
  type CountedBudget,
} from '../../db/queries/budgets'
import { announceAlerts, insertAlerts, updateAlerts } from '../../db/queries/incidents'
import { networkName } from '../../db/queries/mails'
import { withTransaction } from '../../db/tx'
import { judgeBudget, newsOf } from '../../domain/budget'
import { enqueueMail } from '../../email/outbox'
import { toHtml, toText } from '../../email/render'
import { BudgetMail } from '../../email/templates/budget'
import { tellPeople } from '../incidents/judge'
import type { JobContext, JobDefinition } from '../job'

const stopsAtOnce = 200

/** Counts what is used of budgets, tells of it, and stops what runs on a budget that is used up. */
export const watchBudgets = (publicUrl: string): JobDefinition => ({
  name: 'watchBudgets',
  expression: '*/5 * * * * *',
  run: (context) => countAndStop(context, publicUrl),
})

/**
 * `countAndStop`: one transaction at a time in the whole house. Nothing is added up as it comes: each time the sessions
 * themselves are summed, so that two charges of one fleet at once, a correction and a late session all count once.
 */
export async function countAndStop(context: JobContext, publicUrl: string): Promise<void> {
  await withTransaction(context.pool, async (sql) => {
    const { rows } = await sql.query<{ mine: boolean }>(
      `select pg_try_advisory_xact_lock(hashtext('telemetry.budget_states')) mine`,
    )
    if (!rows[0]?.mine) return
    const now = context.now()
    const counted = (await countBudgets(sql, now)).map((budget) => ({
      ...budget,
      ...judgeBudget(budget.used, budget),
    }))
    for (const budget of counted) await storeBudgetState(sql, budget, budget, now)
    await setSpentBudgets(
      sql,
      counted.map((budget) => ({
        ...budget,
        stops: budget.isSpent && budget.whenSpent === 'stop',
      })),
      now,
    )
    await tell(sql, counted, { now, publicUrl })
    for (const session of await readOverdrawn(sql, now, stopsAtOnce))
      await requestCommand(sql, {
        asker: { kind: 'rule' },
        charger: session.chargerId,
        action: 'RemoteStopTransaction',
        payload: { transactionId: session.transactionId },
        source: 'rule',
        actor: { name: 'a budget that is used up', role: null, ip: null, requestId: null },
        now,
      })
  })
}

type Judged = CountedBudget & { isWarning: boolean; isSpent: boolean }
type Around = { now: Date; publicUrl: string }

/** The unique keys of mails and open alerts make each piece of news one; a new limit is new news. */
async function tell(sql: Sql, counted: readonly Judged[], around: Around): Promise<void> {
  const { now } = around
  const news = counted.flatMap((budget) => {
    const is = budget.isSpent ? 'spent' : budget.isWarning ? 'warning' : null
    return is ? [{ budget, is, key: keyOf(budget, is) } as const] : []
  })
  const network = news.length > 0 ? await networkName(sql) : ''
  for (const { budget, is, key } of news) await write(sql, { budget, is, key, network }, around)
  const holding = new Set(news.map(({ key }) => key))
  const over = counted
    .flatMap((budget) => [keyOf(budget, 'warning'), keyOf(budget, 'spent')])
    .filter((key) => !holding.has(key))
  const ended = (await readBudgetAlerts(sql, over, now)).map(({ id, key }) => ({
    id,
    key,
    repeats: 0,
    lastAtMs: null,
    evidence: null,
    isReopened: false,
    resolvedAtMs: now.getTime(),
    resolution: 'The budget has room again.',
  }))
  const open = await openKeys(
    sql,
    news.map(({ key }) => key),
  )
  const opened = news
    .filter(({ key }) => !open.has(key))
    .map(({ budget, is, key }) => ({
      key,
      siteId: budget.siteId,
      chargerId: null,
      words: {
        kind: 'budget' as const,
        family: 'Budget',
        severity: 'notice' as const,
        ...newsOf(budget, budget.used, is, dayOf(budget.periodEnd, budget.timezone)),
      },
      atMs: now.getTime(),
      lastAtMs: now.getTime(),
      count: 1,
      resolvedAtMs: null,
      resolution: null,
      evidence: { budgetId: budget.id, used: budget.used, limit: budget.limit },
    }))
  const changed = [
    ...(await updateAlerts(sql, ended, now)),
    ...(await insertAlerts(sql, opened, now)),
  ]
  await announceAlerts(sql, changed, now)
  await tellPeople(sql, changed, now)
}

/** Told once in its period and for its limit, whether or not somebody has resolved it since. */
async function openKeys(sql: Sql, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql.query<{ key: string }>(
    `select distinct key from alerts where kind = 'budget' and key = any($1::text[]) and (status <> 'resolved' or not auto_resolved)`,
    [keys],
  )
  return new Set(rows.map(({ key }) => key))
}

async function write(
  sql: Sql,
  news: { budget: Judged; is: 'warning' | 'spent'; key: string; network: string },
  { publicUrl }: Around,
): Promise<void> {
  const { budget, is, key, network } = news
  const words = newsOf(budget, budget.used, is, dayOf(budget.periodEnd, budget.timezone))
  const link = `${publicUrl}/admin/collections/budgets/${budget.id}`
  const letter = createElement(BudgetMail, { network, link, ...words })
  for (const to of budget.mailTo)
    await enqueueMail(sql, {
      key: `${key}/${to}`,
      to,
      subject: words.title,
      html: toHtml(letter),
      text: toText(letter),
    })
}

const keyOf = ({ id, periodStart, limit }: CountedBudget, is: 'warning' | 'spent') =>
  `budget/${id}/${periodStart.toISOString().slice(0, 10)}/${is}/${limit}`

const dayOf = (at: Date, timeZone: string) =>
  at.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone })
