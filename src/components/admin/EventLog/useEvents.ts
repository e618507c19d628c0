'use client'

import { useCallback, useEffect, useRef, useState } from 'react'

import type { ChargerEvent, EventGroup, EventPage } from '@/panel/chargerTabs'

import { sentenceOf } from '../commands/send'
import { useLive } from '../live/LiveContext'

export type EventFilter = { group: EventGroup; connector: string }

const restMs = 600
const told =
  /^(connector\.status|charger\.(connected|disconnected|booted|firmware|diagnostics|security))$/

/** A charger's history, newest first: the first page as the server drew it, more of it, and what happens meanwhile. */
export function useEvents(chargerId: number, filter: EventFilter, first: EventPage) {
  const [page, setPage] = useState(first)
  const [problem, setProblem] = useState<string | null>(null)
  const asked = useRef(0)
  const isFirst = useRef(true)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const { group, connector } = filter

  const read = useCallback(
    async (before: string | null, keep: 'none' | 'older' | 'newer') => {
      const turn = keep === 'none' ? ++asked.current : asked.current
      const query = new URLSearchParams({ charger: String(chargerId), group })
      if (connector) query.set('connector', connector)
      if (before) query.set('before', before)
      const response = await fetch(`/api/charger-events?${query}`, {
        credentials: 'include',
      }).catch(() => null)
      const body: unknown = await response?.json().catch(() => null)
      if (turn !== asked.current) return
      if (!response?.ok) {
        setProblem(sentenceOf(body) ?? 'The log could not be read. Check your connection.')
        return
      }
      setProblem(null)
      setPage((known) => merged(known, body as EventPage, keep))
    },
    [chargerId, group, connector],
  )

  useEffect(() => {
    if (isFirst.current) isFirst.current = false
    else void read(null, 'none')
  }, [read])
  useEffect(() => () => clearTimeout(timer.current), [])
  useLive({
    onReturn: () => void read(null, 'none'),
    onEvent(event) {
      if (event.chargerId !== chargerId || !told.test(event.kind)) return
      timer.current ??= setTimeout(() => {
        timer.current = undefined
        void read(null, 'newer')
      }, restMs)
    },
  })
  return { ...page, problem, more: page.next ? () => read(page.next, 'older') : null }
}

function merged(known: EventPage, read: EventPage, keep: 'none' | 'older' | 'newer'): EventPage {
  if (keep === 'none') return read
  if (keep === 'older') return { docs: [...known.docs, ...read.docs], next: read.next }
  // The newest page is read whole: a line that was open (a lost connection) may have got its end.
  const fresh = new Map<string, ChargerEvent>(read.docs.map((event) => [event.key, event]))
  const old = known.docs.filter((event) => !fresh.has(event.key))
  const last = read.docs.at(-1)
  const hasGap = last !== undefined && known.docs[0] !== undefined && last.key > known.docs[0].key
  return hasGap ? read : { docs: [...read.docs, ...old], next: known.next }
}
