'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'

import { highlights } from '@/domain/find'
import type { Found, FoundKind } from '@/panel/find'

import { Icon, type IconName } from '../ui/Icon'
import { StatusPill } from '../ui/StatusPill'
import { useFind } from './useFind'

const kinds: Readonly<Record<FoundKind, { title: string; icon: IconName; slug: string }>> = {
  charger: { title: 'Chargers', icon: 'plug', slug: 'chargers' },
  site: { title: 'Sites', icon: 'pin', slug: 'sites' },
  session: { title: 'Sessions', icon: 'bolt', slug: 'sessions' },
  card: { title: 'Cards', icon: 'card', slug: 'rfid-cards' },
  driver: { title: 'Drivers', icon: 'person', slug: 'drivers' },
  ticket: { title: 'Tickets', icon: 'list', slug: 'tickets' },
}

const hrefOf = ({ kind, id }: Found) => `/admin/collections/${kinds[kind].slug}/${id}`

/** A line to type in and what matches below it; arrows choose, Enter opens, Escape closes. */
export function FindDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const { docs, problem, isLooking, query } = useFind(text)
  const router = useRouter()
  const dialog = useRef<HTMLDialogElement>(null)
  const listId = useId()
  const words = query.toLowerCase().split(/\s+/)
  const chosen = docs[Math.min(at, docs.length - 1)]

  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  useEffect(() => setAt(0), [query])
  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at, listId])

  function open(found: Found): void {
    onClose()
    router.push(hrefOf(found))
  }
  function onKeyDown(event: KeyboardEvent): void {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (move && docs.length > 0) {
      event.preventDefault()
      setAt((before) => (Math.min(before, docs.length - 1) + move + docs.length) % docs.length)
    } else if (event.key === 'Enter' && chosen && !isLooking) {
      event.preventDefault()
      open(chosen)
    }
  }

  return (
    <dialog
      aria-label="Find"
      className="cpms-find"
      onCancel={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
      onClose={onClose}
      ref={dialog}
    >
      <div className="cpms-find-line">
        <Icon name="search" />
        <input
          aria-activedescendant={chosen ? `${listId}-${docs.indexOf(chosen)}` : undefined}
          aria-controls={listId}
          aria-expanded={docs.length > 0}
          aria-label="Find a charger, site, session, card, driver or ticket"
          autoComplete="off"
          autoFocus
          maxLength={80}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder="Charger, serial, card, driver, session…"
          role="combobox"
          spellCheck={false}
          value={text}
        />
        <button className="cpms-header-button" onClick={onClose} type="button">
          <Icon label="Close" name="cross" />
        </button>
      </div>
      <div aria-label="Found" className="cpms-find-list" id={listId} role="listbox">
        {docs.map((found, i) => (
          <FoundRow
            found={found}
            id={`${listId}-${i}`}
            isChosen={found === chosen}
            key={`${found.kind}-${found.id}`}
            onChoose={() => setAt(i)}
            onOpen={() => open(found)}
            title={docs[i - 1]?.kind === found.kind ? null : kinds[found.kind].title}
            words={words}
          />
        ))}
      </div>
      <p aria-live="polite" className="cpms-find-note">
        {problem ?? noteFor(text, docs.length, isLooking)}
      </p>
    </dialog>
  )
}

function noteFor(text: string, count: number, isLooking: boolean): string {
  if (text.trim() === '')
    return 'By name, identity or serial number; by card number, driver, session or ticket number.'
  if (isLooking) return 'Looking…'
  return count === 0 ? 'Nothing found. Try fewer letters, or only the number.' : ''
}

type RowProps = {
  found: Found
  id: string
  title: string | null
  words: string[]
  isChosen: boolean
  onChoose: () => void
  onOpen: () => void
}

function FoundRow({ found, id, title, words, isChosen, onChoose, onOpen }: RowProps) {
  const { kind, detail, status } = found
  return (
    <>
      {title && (
        <div aria-hidden="true" className="cpms-menu-group">
          {title}
        </div>
      )}
      <div
        aria-selected={isChosen}
        className="cpms-find-row"
        id={id}
        onClick={onOpen}
        onPointerMove={onChoose}
        role="option"
      >
        <Icon name={kinds[kind].icon} />
        <span className="cpms-list-text">
          <Marked text={found.title} words={words} />
          {detail && (
            <small>
              <Marked text={detail} words={words} />
            </small>
          )}
        </span>
        {kind === 'charger' && <StatusPill status={status} />}
        {kind !== 'charger' && status && !['active', 'ended'].includes(status) && (
          <span className="cpms-muted">{status.replaceAll('-', ' ')}</span>
        )}
      </div>
    </>
  )
}

function Marked({ text, words }: { text: string; words: string[] }) {
  return (
    <span>
      {highlights(text, words).map((piece, i) =>
        piece.isHit ? <mark key={i}>{piece.text}</mark> : piece.text,
      )}
    </span>
  )
}
