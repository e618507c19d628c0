'use client'

import { useCallback, useEffect, useRef, useState } from 'react'

import type { SiteMapRow } from '@/panel/siteMap'

import { sentenceOf } from '../commands/send'
import { useLive } from '../live/LiveContext'
import { applyStatuses } from './applyStatuses'

/** Changes are drawn this often at most, however many chargers speak; one alone is drawn at once. */
const drawEveryMs = 250
const rereadAtMostEveryMs = 5_000
/** An event's time is the fact's; its commit, and so our reading, may be this much later. */
const marginMs = 3_000

/** The sites in sight as the server read them, moved on by what is heard. */
export function useSiteMap(): { map: SiteMapRow | null; problem: string | null; reread(): void } {
  const [map, setMap] = useState<SiteMapRow | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const known = useRef(new Set<number>())
  const heard = useRef(new Map<number, { status: string; atMs: number }>())
  const drawing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const drawnMs = useRef(0)
  const readMs = useRef(0)

  const reread = useCallback(() => {
    if (Date.now() - readMs.current < rereadAtMostEveryMs) return
    readMs.current = Date.now()
    void (async () => {
      const response = await fetch('/api/map', { credentials: 'include' }).catch(() => null)
      const body: unknown = await response?.json().catch(() => null)
      if (!response?.ok) {
        setProblem(sentenceOf(body) ?? 'The map could not be read. Check your connection.')
        return
      }
      const read = body as SiteMapRow
      const fromMs = new Date(read.readAt).getTime() - marginMs
      for (const [id, { atMs }] of heard.current) if (atMs < fromMs) heard.current.delete(id)
      known.current = new Set(read.sites.flatMap((site) => site.chargers.map(([id]) => id)))
      setProblem(null)
      setMap(applyStatuses(read, statusesOf(heard.current)))
    })()
  }, [])

  useEffect(() => {
    reread()
    return () => clearTimeout(drawing.current)
  }, [reread])

  useLive({
    onReturn: reread,
    onEvent(event) {
      if (event.kind !== 'charger.status' || event.chargerId === null) return
      if (typeof event.body.status !== 'string') return
      heard.current.set(event.chargerId, {
        status: event.body.status,
        atMs: new Date(event.at).getTime(),
      })
      if (!known.current.has(event.chargerId)) reread()
      const waitMs = Math.max(0, drawnMs.current + drawEveryMs - Date.now())
      drawing.current ??= setTimeout(() => {
        drawing.current = undefined
        drawnMs.current = Date.now()
        setMap((before) => before && applyStatuses(before, statusesOf(heard.current)))
      }, waitMs)
    },
  })

  return { map, problem, reread }
}

function statusesOf(heard: ReadonlyMap<number, { status: string }>): Map<number, string> {
  return new Map([...heard].map(([id, { status }]) => [id, status]))
}
