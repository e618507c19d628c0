'use client'

import { useEffect, useId, useState } from 'react'

export type FilterKind =
  'charger' | 'driver' | 'site' | 'region' | 'operator' | 'fleet' | 'priceGroup'

const sources: Record<
  FilterKind,
  { slug: string; label: string; placeholder: string; by: string[] }
> = {
  charger: {
    slug: 'chargers',
    label: 'Charger name',
    placeholder: 'Every charger',
    by: ['name', 'identity'],
  },
  driver: {
    slug: 'drivers',
    label: 'Specific user',
    placeholder: 'Every user',
    by: ['name', 'email'],
  },
  site: { slug: 'sites', label: 'Site', placeholder: 'Every site', by: ['name'] },
  region: { slug: 'regions', label: 'Region', placeholder: 'Every region', by: ['name'] },
  operator: {
    slug: 'organisations',
    label: 'Operator',
    placeholder: 'Every operator',
    by: ['name'],
  },
  fleet: { slug: 'fleets', label: 'Fleet', placeholder: 'Every fleet', by: ['name'] },
  priceGroup: {
    slug: 'price-groups',
    label: 'Price group',
    placeholder: 'Every price group',
    by: ['name'],
  },
}

type Row = { id: number; name?: string; identity?: string; email?: string }
const waitMs = 200

/** One of many, found by typing; what somebody may not see is not offered. Empty means every one. */
export function PickFilter({
  kind,
  value,
  onChange,
}: {
  kind: FilterKind
  value: string
  onChange: (id: string) => void
}) {
  const { slug, label, placeholder, by } = sources[kind]
  const [text, setText] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [found, setFound] = useState<Row[]>([])
  const id = useId()

  useEffect(() => {
    if (value === '') setName('')
    else if (name === '')
      fetch(`/api/${slug}/${value}?depth=0`, { credentials: 'include' })
        .then(async (response) => (response.ok ? ((await response.json()) as Row) : null))
        .then((row) => setName(row?.name ?? `Number ${value}`))
        .catch(() => setName(`Number ${value}`))
  }, [value, slug, name])

  useEffect(() => {
    if (text === null) return
    const left = new AbortController()
    const timer = setTimeout(() => {
      const query = new URLSearchParams({ depth: '0', limit: '8', sort: 'name' })
      if (text.trim() !== '')
        by.forEach((field, i) => query.set(`where[or][${i}][${field}][like]`, text.trim()))
      fetch(`/api/${slug}?${query}`, { credentials: 'include', signal: left.signal })
        .then(async (response) =>
          response.ok ? ((await response.json()) as { docs: Row[] }) : null,
        )
        .then((body) => setFound(body?.docs ?? []))
        .catch(() => {})
    }, waitMs)
    return () => {
      clearTimeout(timer)
      left.abort()
    }
  }, [text, slug, by])

  const pick = (row: Row | null) => {
    setName(row?.name ?? '')
    setText(null)
    onChange(row ? String(row.id) : '')
  }
  return (
    <div
      className="cpms-report-filter"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setText(null)
      }}
    >
      <label htmlFor={id}>{label}</label>
      <input
        autoComplete="off"
        className="cpms-input"
        id={id}
        onChange={(event) => {
          setText(event.target.value)
          if (event.target.value === '' && value !== '') pick(null)
        }}
        onFocus={() => setText('')}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setText(null)
          if (event.key === 'Enter' && found[0] && text) pick(found[0])
        }}
        placeholder={placeholder}
        value={text === null || (text === '' && name) ? name : text}
      />
      {text !== null && (
        <div className="cpms-report-choices" role="group" aria-label={label}>
          {value !== '' && (
            <button className="cpms-menu-item" onClick={() => pick(null)} type="button">
              {placeholder}
            </button>
          )}
          {found.map((row) => (
            <button className="cpms-menu-item" key={row.id} onClick={() => pick(row)} type="button">
              <span>
                {row.name}
                {(row.identity ?? row.email) && <small>{row.identity ?? row.email}</small>}
              </span>
            </button>
          ))}
          {found.length === 0 && text !== '' && <p className="cpms-muted">Nothing found.</p>}
        </div>
      )}
    </div>
  )
}
