import type { Endpoint } from 'payload'

import { samplesOf, type MeterRow } from '@/db/queries/priceSessions'
import { countPast, readPast, type PastFilter, type PastSession } from '@/db/queries/tariffPreview'
import { poolOf } from '@/db/requestSql'
import type { Sql } from '@/db/pool'
import { isCurrency } from '@/domain/money'
import { pricePoints } from '@/domain/session'
import { checkElements } from '@/domain/tariff/checkElements'
import { fromFields, type TariffFields } from '@/domain/tariff/fromFields'
import { collectPreview, dearestEnergyMicros } from '@/domain/tariff/preview'
import { priceSession } from '@/domain/tariff/price'
import { tariffOf } from '@/domain/tariff/resolve'
import type { Tariff } from '@/domain/tariff/types'
import { nowOf, scopeOf, staffOf } from '../access/whoAsks'
import { problem } from '../problem'
import { readJson } from '../readJson'

/** More would keep one person's question on the database for minutes; the answer says that these are the newest. */
export const triedMost = 10_000
const sliceRows = 250
const monthsMost = 12
/** People whose question is under way in this process. */
const asking = new Set<number>()

/**
 * `POST /api/tariffs/:id/preview {draft, months}`: what the sessions of this tariff in the last months would have come to
 * under a draft of it, in the asker's scope. Lines of JSON: `{done, total}` as it goes on, at last `{result}`. Nothing is
 * written.
 */
export const preview: Endpoint = {
  path: '/:id/preview',
  method: 'post',
  handler: async (req) => {
    const user = staffOf(req)
    if (!user) return problem(401, 'not-signed-in', 'Sign in first.')
    const text = String(req.routeParams?.['id'] ?? '')
    const { draft, months } = await readJson(req)
    if (!/^[1-9]\d{0,8}$/.test(text) || !(await mayChange(req, Number(text))))
      return problem(404, 'not-found', 'There is no such tariff.')
    if (!Number.isInteger(months) || Number(months) < 1 || Number(months) > monthsMost)
      return problem(400, 'bad-value', `months is a number from 1 to ${monthsMost}.`, 'months')
    const fields = fieldsOf(draft)
    const flaw = !isCurrency(fields.currency)
      ? 'Give the three letters of a currency.'
      : (checkElements(fields)?.sentence ?? null)
    if (flaw) return problem(400, 'bad-value', flaw, 'draft')
    if (asking.has(user.id))
      return problem(429, 'too-many', 'One preview at a time: wait until the last one is there.')
    const since = new Date(nowOf(req))
    since.setUTCMonth(since.getUTCMonth() - Number(months))
    const filter: PastFilter = {
      tariffId: Number(text),
      since,
      sessions: await scopeOf(req, 'sessions', 'read'),
      groups: await scopeOf(req, 'price-groups', 'read'),
    }
    asking.add(user.id)
    const tariff = fromFields(fields)
    const lines = tryOut(poolOf(req), filter, tariff)
    return new Response(
      streamOf(lines, () => asking.delete(user.id)),
      {
        headers: { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' },
      },
    )
  },
}

/** Payload's form says `0` where "Other prices" has no rows. */
function fieldsOf(draft: unknown): TariffFields {
  const fields = (typeof draft === 'object' && draft !== null ? draft : {}) as TariffFields
  return { ...fields, elements: Array.isArray(fields.elements) ? fields.elements : [] }
}

async function mayChange(req: Parameters<Endpoint['handler']>[0], id: number): Promise<boolean> {
  if ((await scopeOf(req, 'tariffs', 'update')).kind === 'none') return false
  const { totalDocs } = await req.payload.count({
    collection: 'tariffs',
    where: { id: { equals: id } },
    overrideAccess: false,
    user: req.user,
    req,
  })
  return totalDocs === 1
}

async function* tryOut(sql: Sql, filter: PastFilter, draft: Tariff): AsyncGenerator<object> {
  const found = await countPast(sql, filter, triedMost + 1)
  const total = Math.min(found, triedMost)
  const collected = collectPreview()
  let done = 0
  let otherCurrency = 0
  let before: { startedAt: Date; id: number } | null = null
  yield { done, total }
  while (done < total) {
    const limit = Math.min(sliceRows, total - done)
    const sessions: PastSession[] = await readPast(sql, filter, { before, limit })
    const last = sessions.at(-1)
    if (!last) break
    before = last
    const samples = new Map<number, MeterRow[]>(sessions.map(({ id }) => [id, []]))
    for (const sample of await samplesOf(sql, sessions)) samples.get(sample.sessionId)?.push(sample)
    for (const session of sessions) {
      if (session.currency !== draft.currency) otherCurrency += 1
      else
        collected.add({
          group: session.group,
          energyWh: session.energyWh ?? 0,
          beforeMinor: session.costMinor,
          afterMinor: priceOf(session, draft, samples.get(session.id) ?? []),
        })
    }
    done += sessions.length
    yield { done, total }
  }
  yield {
    result: {
      ...collected.result(),
      currency: draft.currency,
      otherCurrency,
      isPart: found > triedMost,
      dearestEnergyMicros: dearestEnergyMicros(draft),
    },
  }
}

/** By the one pricing function, with what else was frozen when the session began: its discount, its place, its readings. */
function priceOf(session: PastSession, draft: Tariff, samples: MeterRow[]): number | null {
  return priceSession({
    samples: pricePoints({ ...session, energyWh: session.energyWh ?? 0, samples }),
    startedAt: session.startedAt,
    stoppedAt: session.stoppedAt,
    tariff: tariffOf({ ...session, tariff: draft }),
    now: session.stoppedAt ?? session.startedAt,
    timezone: session.timezone,
  }).totalMinor
}

/** A reader that leaves ends the work at the next slice. */
function streamOf(lines: AsyncGenerator<object>, onEnd: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await lines.next()
        if (!done) return controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
        onEnd()
        controller.close()
      } catch (error) {
        onEnd()
        controller.error(error)
      }
    },
    async cancel() {
      onEnd()
      await lines.return(undefined)
    },
  })
}
