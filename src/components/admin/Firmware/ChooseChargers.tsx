'use client'

import { useEffect, useState } from 'react'

import { fitsImage } from '@/domain/firmware'
import type { CandidateRow, ImageRow, Make } from '@/panel/firmwarePages'

type Chosen = ReadonlyMap<number, CandidateRow>

type Props = {
  chosen: Chosen
  onChange: (chosen: Chosen) => void
  startsWith: readonly CandidateRow[]
  makes: readonly Make[]
  image: ImageRow | null
}

type Found = { docs: CandidateRow[]; totalDocs: number; ids: number[] }

const waitMs = 250
const chipsMost = 8

/** Search, filter by make, tick. What is ticked stays, whatever the list shows. */
export function ChooseChargers({ chosen, onChange, startsWith, makes, image }: Props) {
  const [isOpen, setOpen] = useState(startsWith.length === 0)
  const [search, setSearch] = useState('')
  const [make, setMake] = useState<Make | null>(null)
  const found = useCandidates(isOpen, search, make)
  const rows = isOpen ? (found?.docs ?? []) : startsWith

  function toggle(row: CandidateRow): void {
    const next = new Map(chosen)
    if (!next.delete(row.id)) next.set(row.id, row)
    onChange(next)
  }

  /** Only of one make: then all of them can be told to fit an image. */
  function takeAll({ docs, ids }: Found, of: Make): void {
    const byId = new Map(docs.map((row) => [row.id, row]))
    const next = new Map(chosen)
    for (const id of ids) {
      const row = byId.get(id) ?? unread(id, of)
      if (!row.busyWith) next.set(id, row)
    }
    onChange(next)
  }

  return (
    <>
      {isOpen && (
        <>
          <input
            aria-label="Search chargers"
            className="cpms-input"
            onChange={(event) => setSearch(event.target.value)}
            placeholder="Name, identity, site, model or version"
            type="search"
            value={search}
          />
          {makes.length > 1 && (
            <div className="cpms-row">
              {makes.slice(0, chipsMost).map((one) => (
                <button
                  aria-pressed={make === one}
                  className="cpms-chip"
                  key={`${one.vendor} ${one.model ?? ''}`}
                  onClick={() => setMake(make === one ? null : one)}
                  type="button"
                >
                  {one.vendor} {one.model} <b>{one.chargers}</b>
                </button>
              ))}
            </div>
          )}
        </>
      )}
      {rows.length > 0 ? (
        <ul aria-label="Chargers" className="cpms-pick">
          {rows.map((row) => (
            <li key={row.id}>
              <Choice image={image} isChosen={chosen.has(row.id)} onToggle={toggle} row={row} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="cpms-muted">{found || !isOpen ? 'No charger matches.' : 'Reading…'}</p>
      )}
      <div className="cpms-row">
        <span aria-live="polite">
          <strong>{chosen.size}</strong> chosen
        </span>
        {isOpen && found && make && found.ids.length > 0 && (
          <button className="cpms-button" onClick={() => takeAll(found, make)} type="button">
            Choose all {found.ids.length} of {make.vendor} {make.model}
          </button>
        )}
        {isOpen && found && found.totalDocs > found.docs.length && (
          <span className="cpms-muted">
            The first {found.docs.length} of {found.totalDocs}; search to see the others.
          </span>
        )}
        {chosen.size > 0 && isOpen && (
          <button className="cpms-button" onClick={() => onChange(new Map())} type="button">
            Choose none
          </button>
        )}
        {!isOpen && (
          <button className="cpms-button" onClick={() => setOpen(true)} type="button">
            Choose more chargers
          </button>
        )}
      </div>
    </>
  )
}

type ChoiceProps = {
  row: CandidateRow
  isChosen: boolean
  image: ImageRow | null
  onToggle: (row: CandidateRow) => void
}

function Choice({ row, isChosen, image, onToggle }: ChoiceProps) {
  const make = [row.vendor, row.model].filter(Boolean).join(' ')
  const isOther = image !== null && !fitsImage(image, row)
  return (
    <label>
      <input
        checked={isChosen}
        disabled={row.busyWith !== null || (isOther && !isChosen)}
        onChange={() => onToggle(row)}
        type="checkbox"
      />
      <span>
        {row.name}
        <small>{row.siteName}</small>
      </span>
      <span>
        {make || 'Model not known yet'}
        <small>
          {row.busyWith
            ? `in the update "${row.busyWith}"`
            : isOther
              ? 'the image is for another make'
              : row.isConnected
                ? 'connected'
                : 'not connected'}
        </small>
      </span>
      <span className="cpms-mono">{row.firmwareVersion ?? '–'}</span>
    </label>
  )
}

/** A charger beyond the rows that were read; its make is the filter's. */
function unread(id: number, { vendor, model }: Make): CandidateRow {
  return {
    id,
    name: `Charger ${id}`,
    identity: '',
    siteName: '',
    vendor,
    model,
    firmwareVersion: null,
    isConnected: true,
    busyWith: null,
  }
}

function useCandidates(isOpen: boolean, search: string, make: Make | null): Found | null {
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    if (!isOpen) return
    const stop = new AbortController()
    const query = new URLSearchParams({ search })
    if (make) query.set('vendor', make.vendor)
    if (make?.model) query.set('model', make.model)
    const timer = setTimeout(() => {
      fetch(`/api/firmware-updates/candidates?${query}`, {
        credentials: 'include',
        signal: stop.signal,
      })
        .then(async (response) => {
          if (response.ok) setFound((await response.json()) as Found)
        })
        .catch(() => {
          // typed on, or away: what was found before stays
        })
    }, waitMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [isOpen, search, make])
  return found
}
