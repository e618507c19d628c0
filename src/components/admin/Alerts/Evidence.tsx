import type { AlertDetail } from '@/panel/alerts'

import { FactRow } from '../ChargerLive/WhatItIs'
import { GoTo } from '../ui/GoTo'
import { duration, exactly } from '../ui/words'

/** What led to it, as it was seen; codes of the maker small and as they came. */
export function Evidence({ alert }: { alert: AlertDetail }) {
  const seen = alert.evidence ?? {}
  // the same word twice says nothing more
  const entries = Object.entries(seen).filter(
    ([key, value]) =>
      key !== 'code' || (value !== seen['errorCode'] && value !== seen['vendorErrorCode']),
  )
  const rows = entries.flatMap(([key, value]) => {
    const row = said(key, value, alert.timezone)
    return row ? [row] : []
  })
  if (rows.length === 0) return null
  return (
    <section className="cpms-card">
      <h2>What was seen</h2>
      <dl className="cpms-facts">
        {rows.map(({ word, value }) => (
          <FactRow key={word} value={value} word={word} />
        ))}
      </dl>
    </section>
  )
}

const codes: Readonly<Record<string, string>> = {
  code: 'Code',
  status: 'Reported state',
  errorCode: 'OCPP error',
  vendorErrorCode: 'Code of the maker',
  info: 'Its own words',
  reason: 'The connection ended with',
}

const counts: Readonly<Record<string, string>> = {
  changes: 'Changes of the connection',
  failed: 'Starts without energy',
  of: 'Starts looked at',
  cards: 'Different cards',
}

function said(key: string, value: unknown, timezone: string) {
  if (value === null || value === undefined || value === '') return null
  if (key in codes)
    return { word: codes[key]!, value: <span className="cpms-mono">{String(value)}</span> }
  if (key in counts) return { word: counts[key]!, value: String(value) }
  switch (key) {
    case 'sinceMs':
    case 'registeredAtMs':
      return typeof value === 'number'
        ? {
            word: key === 'sinceMs' ? 'Since' : 'Registered',
            value: exactly(new Date(value), timezone),
          }
        : null
    case 'skewSeconds':
      return typeof value === 'number'
        ? {
            word: 'Its clock is',
            value: `${duration(Math.abs(value))} ${value > 0 ? 'ahead' : 'behind'}`,
          }
        : null
    case 'sessions':
      return Array.isArray(value)
        ? {
            word: 'Sessions',
            value: (
              <span className="cpms-row">
                {value.map((id) => (
                  <GoTo key={String(id)} to={`/admin/collections/sessions/${String(id)}`}>
                    {String(id)}
                  </GoTo>
                ))}
              </span>
            ),
          }
        : null
    case 'before':
    case 'now':
      return Array.isArray(value)
        ? {
            word: key === 'before' ? 'It was' : 'It is now',
            value: value.filter(Boolean).join(' · '),
          }
        : null
    default:
      return null
  }
}
