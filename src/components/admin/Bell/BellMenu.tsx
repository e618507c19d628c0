'use client'

import '../Alerts/alerts.css'

import { usePathname } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'

import type { BellBoard } from '@/panel/alerts'

import { SeverityMark } from '../Alerts/SeverityMark'
import { useLive } from '../live/LiveContext'
import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'

const rereadMs = 700

/** The bell: how many alerts are new, the newest of them, and the way to all. Moves while one looks. */
export function BellMenu({ bell: read }: { bell: BellBoard }) {
  const [bell, setBell] = useState(read)
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const path = usePathname()

  const reread = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void readBell().then((next) => next && setBell(next))
    }, rereadMs)
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => setBell(read), [read])
  useEffect(() => setOpen(false), [path])
  useLive({
    onReturn: reread,
    onEvent(event) {
      if (event.kind === 'alert.changed' && event.body['what'] !== 'repeated') reread()
    },
  })
  useEffect(() => {
    if (!isOpen) return
    const onPointer = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', onPointer)
    return () => document.removeEventListener('pointerdown', onPointer)
  }, [isOpen])

  function toggle(): void {
    setOpen(!isOpen)
    if (isOpen || bell.unread === 0) return
    setBell({ ...bell, unread: 0 })
    void fetch('/api/alerts/seen', { method: 'POST', credentials: 'include' }).catch(() => {})
  }

  const { unread, alerts, open } = bell
  return (
    <div
      className="cpms-bell"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        setOpen(false)
        button.current?.focus()
      }}
      ref={root}
    >
      <button
        aria-controls="cpms-bell-panel"
        aria-expanded={isOpen}
        aria-label={unread > 0 ? `Alerts, ${unread} new` : 'Alerts'}
        className="cpms-header-button"
        onClick={toggle}
        ref={button}
        type="button"
      >
        <Icon name="bell" />
        {unread > 0 && (
          <span aria-hidden="true" className="cpms-bell-count">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
      {isOpen && (
        <section aria-label="Alerts" className="cpms-bell-panel" id="cpms-bell-panel">
          <header>
            <strong>
              {open === 0 ? 'No open alerts' : `${open} open ${open === 1 ? 'alert' : 'alerts'}`}
            </strong>
            <GoTo to="/admin/notifications">What reaches me</GoTo>
          </header>
          {alerts.length === 0 && (
            <p className="cpms-muted cpms-bell-none">All is well. What goes wrong shows up here.</p>
          )}
          <ul className="cpms-bell-list">
            {alerts.map((alert) => (
              <li key={alert.id}>
                <GoTo className="cpms-bell-row" to={`/admin/collections/alerts/${alert.id}`}>
                  <SeverityMark severity={alert.severity} />
                  <span className="cpms-list-text">
                    <strong>{alert.title}</strong>
                    <span className="cpms-muted">
                      {[alert.chargerName, alert.siteName].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                  <span className="cpms-muted">
                    <Ago at={alert.firstAt} timezone={alert.timezone} />
                  </span>
                </GoTo>
              </li>
            ))}
          </ul>
          <footer>
            <GoTo to="/admin/collections/alerts">All alerts</GoTo>
          </footer>
        </section>
      )}
    </div>
  )
}

async function readBell(): Promise<BellBoard | null> {
  try {
    const response = await fetch('/api/alert-bell', { credentials: 'include' })
    return response.ok ? ((await response.json()) as BellBoard) : null
  } catch {
    return null
  }
}
