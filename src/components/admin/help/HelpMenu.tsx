'use client'

import './help.css'

import { usePathname } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'

import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { ticketFor } from './ticketFor'
import { topics } from './topics'

/** "?" on every page: the FAQ's answers without leaving the page, and the way to people who help. */
export function HelpMenu() {
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const path = usePathname()

  useEffect(() => setOpen(false), [path])
  useEffect(() => {
    if (!isOpen) return
    const onPointer = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', onPointer)
    return () => document.removeEventListener('pointerdown', onPointer)
  }, [isOpen])

  return (
    <div
      className="cpms-menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        setOpen(false)
        button.current?.focus()
      }}
      ref={root}
    >
      <button
        aria-controls="cpms-help-panel"
        aria-expanded={isOpen}
        className="cpms-header-button"
        onClick={() => setOpen(!isOpen)}
        ref={button}
        type="button"
      >
        <Icon label="Help" name="question" />
      </button>
      {isOpen && (
        <section aria-label="Help" className="cpms-help-panel" id="cpms-help-panel">
          {Object.values(topics).map(({ question, answer }) => (
            <details key={question} name="cpms-help-topic">
              <summary>{question}</summary>
              <div>{answer}</div>
            </details>
          ))}
          <div className="cpms-help-foot">
            <GoTo className="cpms-button" data-kind="primary" to={ticketFor(path)}>
              Submit ticket
            </GoTo>
            <span className="cpms-muted cpms-keys">
              <kbd>Ctrl</kbd> <kbd>K</kbd> finds a charger, card, driver or session.
            </span>
          </div>
        </section>
      )}
    </div>
  )
}
