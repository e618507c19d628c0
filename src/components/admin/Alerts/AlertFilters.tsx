'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'

import { severityLooks, type Severity } from './words'

const path = '/admin/collections/alerts'
const typingMs = 350

/** Search and severity; the address holds them, so that a view can be kept and shared. */
export function AlertFilters({
  query,
  severity,
}: {
  query: string | null
  severity: string | null
}) {
  const router = useRouter()
  const search = useSearchParams()
  const [text, setText] = useState(query ?? '')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function go(name: string, value: string): void {
    const next = new URLSearchParams(search.toString())
    next.delete('page')
    if (value) next.set(name, value)
    else next.delete(name)
    router.replace(`${path}?${next.toString()}`)
  }

  return (
    <div className="cpms-row" role="search">
      <input
        aria-label="Search alerts"
        className="cpms-input cpms-alert-search"
        onChange={(event) => {
          setText(event.target.value)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => go('q', event.target.value.trim()), typingMs)
        }}
        placeholder="Charger, site or what is wrong"
        type="search"
        value={text}
      />
      <select
        aria-label="Severity"
        className="cpms-input"
        onChange={(event) => go('severity', event.target.value)}
        value={severity ?? ''}
      >
        <option value="">Every severity</option>
        {(Object.keys(severityLooks) as Severity[]).map((one) => (
          <option key={one} value={one}>
            {severityLooks[one].label}
          </option>
        ))}
      </select>
    </div>
  )
}
