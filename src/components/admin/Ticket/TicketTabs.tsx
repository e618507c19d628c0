'use client'

import { useSearchParams } from 'next/navigation'

import type { TicketCounts } from '@/panel/tickets'

import { GoTo } from '../ui/GoTo'

/** Saved filters of the list as tabs; Payload's own filters stay beside them. */
export function TicketTabs({ counts, userId }: { counts: TicketCounts; userId: number }) {
  const here = useSearchParams().toString()
  const where = (...conditions: [field: string, operator: string, value: string | number][]) =>
    conditions
      .map(
        ([field, operator, value], i) => `where[or][0][and][${i}][${field}][${operator}]=${value}`,
      )
      .join('&')
  const tabs = [
    { label: 'All', query: '', count: null },
    { label: 'Open', query: where(['status', 'equals', 'open']), count: counts.open },
    {
      label: 'Mine',
      query: where(['assignedTo', 'equals', userId], ['status', 'not_equals', 'resolved']),
      count: counts.mine,
    },
    { label: 'Waiting', query: where(['status', 'equals', 'waiting']), count: counts.waiting },
    { label: 'Resolved', query: where(['status', 'equals', 'resolved']), count: null },
  ]
  const asked = new URLSearchParams(here)
  const isHere = (query: string) => {
    const own = [...new URLSearchParams(query)]
    const filters = [...asked].filter(([name]) => name.startsWith('where'))
    return own.length === filters.length && own.every(([name, value]) => asked.get(name) === value)
  }
  return (
    <nav aria-label="Tickets" className="cpms-tabs">
      {tabs.map(({ label, query, count }) => (
        <GoTo
          aria-current={isHere(query) ? 'page' : undefined}
          className="cpms-tab"
          key={label}
          to={`/admin/collections/tickets${query ? `?${query}` : ''}`}
        >
          {label}
          {count !== null && <span className="cpms-count">{count}</span>}
        </GoTo>
      ))}
    </nav>
  )
}
