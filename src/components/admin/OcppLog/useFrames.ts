'use client'

import { useCallback, useEffect, useRef, useState } from 'react'

import { sentenceOf } from '../commands/send'

export type Frame = {
  at: string
  chargerId: number | null
  charger: string | null
  connectionId: number
  direction: 'in' | 'out'
  kind: 'call' | 'result' | 'error' | 'unreadable'
  action: string | null
  messageId: string | null
  payload: string
  error: string | null
}

export type FrameFilter = {
  action: string
  direction: string
  error: string
  from: string
  to: string
}

const pageSize = 100
const tailEveryMs = 2_000
const shownMost = 2_000

const keyOf = (frame: Frame) =>
  `${frame.at} ${frame.connectionId} ${frame.direction} ${frame.kind} ${frame.messageId}`

/** Frames of a charger, or of all (then the last hour, or since `from`), newest first: a page, more of them, and what comes in while the tail runs. */
export function useFrames(chargerId: number | null, filter: FrameFilter, isTailing: boolean) {
  const [frames, setFrames] = useState<Frame[]>([])
  const [next, setNext] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isLoading, setLoading] = useState(true)
  const asked = useRef(0)
  const { action, direction, error, from, to } = filter

  const ask = useCallback(
    async (before?: string) => {
      const query = queryOf(chargerId, { action, direction, error, from, to })
      query.set('limit', String(pageSize))
      if (before) query.set('before', before)
      const response = await fetch(`/api/ocpp-messages?${query}`, { credentials: 'include' }).catch(
        () => null,
      )
      const body: unknown = await response?.json().catch(() => null)
      if (!response?.ok) throw new Error(sentenceOf(body) ?? 'The log could not be read.')
      return body as { docs: Frame[]; next: string | null }
    },
    [chargerId, action, direction, error, from, to],
  )

  const show = useCallback(
    async (before?: string, keep: 'none' | 'older' | 'newer' = 'none') => {
      const turn = keep === 'none' ? ++asked.current : asked.current
      try {
        const page = await ask(before)
        if (turn !== asked.current) return
        setProblem(null)
        setFrames((known) => merged(known, page.docs, keep))
        if (keep !== 'newer') setNext(page.next)
      } catch (thrown) {
        if (turn === asked.current)
          setProblem(thrown instanceof Error ? thrown.message : String(thrown))
      } finally {
        setLoading(false)
      }
    },
    [ask],
  )

  useEffect(() => {
    setLoading(true)
    void show()
  }, [show])

  useEffect(() => {
    if (!isTailing) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void show(undefined, 'newer')
    }, tailEveryMs)
    return () => clearInterval(timer)
  }, [show, isTailing])

  return { frames, problem, isLoading, more: next ? () => show(next, 'older') : null, keyOf }
}

/** The filter as the route reads it; the export takes the same. */
export function queryOf(chargerId: number | null, filter: FrameFilter): URLSearchParams {
  const query = new URLSearchParams()
  if (chargerId !== null) query.set('charger', String(chargerId))
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value)
  return query
}

function merged(known: Frame[], read: Frame[], keep: 'none' | 'older' | 'newer'): Frame[] {
  if (keep === 'none') return read
  if (keep === 'older') return [...known, ...read]
  const have = new Set(known.slice(0, pageSize * 2).map(keyOf))
  const news = read.filter((frame) => !have.has(keyOf(frame)))
  return news.length === 0 ? known : [...news, ...known].slice(0, shownMost)
}
