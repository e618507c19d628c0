import { unseenPlace } from '@/db/queries/reportPlaces'
import { PublicError } from '@/platform/errors'
import { entryOf, formats, type CatalogueEntry } from '#reports/catalogue'
import { groupings, units, type ReportParams, type ReportScope } from '#reports/report'
import type { Viewer } from '../viewer'

export type Asked = {
  entry: CatalogueEntry
  format: (typeof formats)[number]
  params: ReportParams
  scope: ReportScope
  limit: number
  offset: number
}

const most = 200
const places = ['charger', 'site', 'region', 'operator', 'driver', 'fleet', 'priceGroup'] as const

/** `readAsked`: what a request for a report asks for, inside the caller's scope; a place outside is one that is not there. */
export async function readAsked(
  viewer: Viewer,
  slug: string,
  query: URLSearchParams,
): Promise<Asked> {
  const entry = entryOf(slug)
  if (!entry)
    throw new PublicError({
      code: 'unknown-report',
      status: 404,
      sentence: 'There is no such report.',
    })
  const format = oneOf(query.get('format') ?? 'json', 'format', formats) ?? 'json'
  const scope = scopeOf(viewer, format === 'json')
  if (scope.rows.kind === 'none')
    throw new PublicError({
      code: 'not-permitted',
      status: 403,
      sentence:
        'Your role does not see reports. An administrator can change that under User Management.',
    })
  const ids = Object.fromEntries(places.map((name) => [name, idIn(query, name)]))
  const params: ReportParams = {
    ...ids,
    from: demandText(query, 'from'),
    to: demandText(query, 'to'),
    status: query.get('status') || null,
    unit: oneOf(query.get('unit'), 'unit', units) ?? undefined,
    groupBy: oneOf(query.get('groupBy'), 'groupBy', groupings) ?? undefined,
  }
  const unseen = await unseenPlace(viewer.sql, params, {
    ...scope,
    drivers: viewer.fullScope('drivers', 'read'),
    priceGroups: viewer.scope('price-groups', 'read'),
  })
  if (unseen)
    throw new PublicError({
      code: `unknown-${unseen}`,
      status: 404,
      sentence: `There is no such ${unseen === 'driver' ? 'user' : unseen === 'priceGroup' ? 'price group' : unseen}.`,
    })
  const limit = wholeIn(query, 'limit', 50)
  return {
    entry,
    format,
    params,
    scope,
    limit: Math.min(limit, most),
    offset: wholeIn(query, 'offset', 0),
  }
}

/** Rows 57 of the policy: figures on screen as exports. */
export function scopeOf(viewer: Viewer, isScreen: boolean): ReportScope {
  return isScreen
    ? { rows: viewer.scope('reports', 'run'), people: viewer.fullScope('reports', 'run') }
    : { rows: viewer.scope('exports', 'sessions'), people: viewer.fullScope('exports', 'sessions') }
}

export function badQuery(sentence: string): PublicError {
  return new PublicError({ code: 'bad-query', status: 400, sentence })
}

function demandText(query: URLSearchParams, name: string): string {
  const text = query.get(name)?.trim()
  if (!text || text.length > 40)
    throw badQuery(
      `${name} is missing: a day like 2026-11-28, or an instant like 2026-11-28T10:00:00Z.`,
    )
  return text
}

function idIn(query: URLSearchParams, name: string): number | null {
  const text =
    (name === 'driver' ? query.get('driver') || query.get('user') : query.get(name)) ?? ''
  if (text === '') return null
  if (!/^[1-9]\d{0,8}$/.test(text)) throw badQuery(`${name} is the number of one ${name}.`)
  return Number(text)
}

function wholeIn(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name)
  if (text === null || text === '') return usual
  if (!/^\d{1,8}$/.test(text)) throw badQuery(`${name} is a whole number.`)
  return Number(text)
}

function oneOf<T extends string>(text: string | null, name: string, words: readonly T[]): T | null {
  if (text === null || text === '') return null
  const word = words.find((one) => one === text)
  if (!word) throw badQuery(`${name} is one of ${words.join(', ')}.`)
  return word
}
