'use client'

import { useEffect, useId, useState, type KeyboardEvent } from 'react'

import type { Approved } from '@/panel/chargerTabs'

export type PickKind = 'driver' | 'fleet' | 'card'

type Source = {
  slug: string
  placeholder: string
  fields: readonly string[]
  nameOf: (doc: Row) => Approved
}
type Row = { id: number; name?: string; email?: string; uid?: string; label?: string | null }

const sources: Readonly<Record<PickKind, Source>> = {
  driver: {
    slug: 'drivers',
    placeholder: 'Add by name or e-mail',
    fields: ['name', 'email'],
    nameOf: (row) => ({ id: row.id, name: row.name ?? '', detail: row.email ?? null }),
  },
  fleet: {
    slug: 'fleets',
    placeholder: 'Add by name',
    fields: ['name'],
    nameOf: (row) => ({ id: row.id, name: row.name ?? '', detail: null }),
  },
  card: {
    slug: 'rfid-cards',
    placeholder: 'Add by number or label',
    fields: ['uid', 'label'],
    nameOf: (row) => ({ id: row.id, name: row.uid ?? '', detail: row.label ?? null }),
  },
}

const waitMs = 150

/** A line to type in, and the few that match; what somebody may not see is not offered. */
export function PickOne({ kind, onPick }: { kind: PickKind; onPick: (one: Approved) => void }) {
  const { slug, placeholder, fields, nameOf } = sources[kind]
  const [text, setText] = useState('')
  const [found, setFound] = useState<Approved[] | null>(null)
  const [at, setAt] = useState(0)
  const listId = useId()
  const query = text.trim()

  useEffect(() => {
    setAt(0)
    if (query === '') {
      setFound(null)
      return
    }
    const left = new AbortController()
    const timer = setTimeout(() => {
      const params = new URLSearchParams({ depth: '0', limit: '8' })
      fields.forEach((field, i) => params.set(`where[or][${i}][${field}][like]`, query))
      fetch(`/api/${slug}?${params}`, { credentials: 'include', signal: left.signal })
        .then(async (response) => {
          const body = (await response.json().catch(() => null)) as { docs?: Row[] } | null
          setFound((body?.docs ?? []).map(nameOf))
        })
        .catch(() => {
          if (!left.signal.aborted) setFound([])
        })
    }, waitMs)
    return () => {
      clearTimeout(timer)
      left.abort()
    }
  }, [query, slug, fields, nameOf])

  function pick(one: Approved | undefined): void {
    if (!one) return
    onPick(one)
    setText('')
  }
  function onKeyDown(event: KeyboardEvent): void {
    const count = found?.length ?? 0
    if (event.key === 'ArrowDown' && count > 0) setAt((at + 1) % count)
    else if (event.key === 'ArrowUp' && count > 0) setAt((at - 1 + count) % count)
    else if (event.key === 'Enter') pick(found?.[at])
    else if (event.key === 'Escape' && text) setText('')
    else return
    event.preventDefault()
  }

  return (
    <div className="cpms-pick">
      <input
        aria-activedescendant={found?.[at] ? `${listId}-${at}` : undefined}
        aria-controls={listId}
        aria-expanded={Boolean(found?.length)}
        aria-label={placeholder}
        autoComplete="off"
        className="cpms-input"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder={placeholder}
        role="combobox"
        value={text}
      />
      <div
        className="cpms-pick-list"
        hidden={!found}
        id={listId}
        role="listbox"
        aria-label={placeholder}
      >
        {found?.map((one, i) => (
          <div
            aria-selected={i === at}
            className="cpms-menu-item"
            id={`${listId}-${i}`}
            key={one.id}
            onClick={() => pick(one)}
            onPointerMove={() => setAt(i)}
            role="option"
          >
            <span>
              {one.name}
              {one.detail && <small>{one.detail}</small>}
            </span>
          </div>
        ))}
      </div>
      {found?.length === 0 && <p className="cpms-muted">Nothing found.</p>}
    </div>
  )
}
