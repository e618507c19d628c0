'use client'

import { useAuth } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react'

import { openLive, type LiveEvent, type LiveState, type MeterTick } from './connection'

type Listener = {
  onEvent?: (event: LiveEvent) => void
  onTicks?: (ticks: MeterTick[]) => void
  /** The channel was away: what this part shows may be old. */
  onReturn?: () => void
}

type Live = { state: LiveState; add(listener: Listener): () => void; reread(): void }

const LiveContext = createContext<Live>({
  state: { kind: 'connecting' },
  add: () => () => {},
  reread: () => {},
})

const rereadAtMostEveryMs = 800

/** Keeps one live connection per tab while somebody is signed in and something on the page listens. */
export function LiveContextProvider({ url, children }: { url: string; children: ReactNode }) {
  const { user } = useAuth()
  const router = useRouter()
  const listeners = useRef(new Set<Listener>())
  const [isWanted, setWanted] = useState(false)
  const [state, setState] = useState<LiveState>({ kind: 'connecting' })
  const userId = user?.id

  const reread = useThrottled(() => {
    if (!isFormOpen()) router.refresh()
  }, rereadAtMostEveryMs)

  useEffect(() => {
    if (!isWanted || userId === undefined) return
    const each = (tell: (listener: Listener) => void) => listeners.current.forEach(tell)
    const connection = openLive(addressFor(url), {
      onState: setState,
      onEvent: (event) => each((listener) => listener.onEvent?.(event)),
      onTicks: (ticks) => each((listener) => listener.onTicks?.(ticks)),
      onPosition: () => each((listener) => listener.onReturn?.()),
    })
    const onVisible = () => {
      if (document.visibilityState === 'visible') connection.check()
    }
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      document.removeEventListener('visibilitychange', onVisible)
      connection.close()
      setState({ kind: 'connecting' })
    }
  }, [url, userId, isWanted])

  useEffect(() => {
    document.documentElement.dataset.cpmsLive = state.kind
  }, [state])

  const add = useCallback((listener: Listener) => {
    listeners.current.add(listener)
    setWanted(true)
    return () => void listeners.current.delete(listener)
  }, [])

  const live = useMemo(() => ({ state, add, reread }), [state, add, reread])
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>
}

/** Hears events and meter figures for as long as the component is on the page. */
export function useLive(listener: Listener): void {
  const { add } = useContext(LiveContext)
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(
    () =>
      add({
        onEvent: (event) => latest.current.onEvent?.(event),
        onTicks: (ticks) => latest.current.onTicks?.(ticks),
        onReturn: () => latest.current.onReturn?.(),
      }),
    [add],
  )
}

/** Reads the page's server side again, at most about once a second. */
export function useReread(): () => void {
  return useContext(LiveContext).reread
}

export function useLiveState(): LiveState {
  return useContext(LiveContext).state
}

/** The first call runs at once, calls within the interval become one at its end. */
function useThrottled(work: () => void, intervalMs: number): () => void {
  const latest = useRef(work)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const ranAt = useRef(0)
  useEffect(() => {
    latest.current = work
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    if (timer.current !== undefined) return
    const waitMs = Math.max(0, ranAt.current + intervalMs - Date.now())
    timer.current = setTimeout(() => {
      timer.current = undefined
      ranAt.current = Date.now()
      latest.current()
    }, waitMs)
  }, [intervalMs])
}

/** Payload's form starts over when its page is read again: what somebody is typing would be lost. */
function isFormOpen(): boolean {
  return document.querySelector('.collection-edit__form') !== null
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The channel's address as this page can reach it. On one machine `localhost` and `127.0.0.1` are two hosts to a
 * browser, and the sign-in cookie belongs to the one the page was opened by.
 */
function addressFor(url: string): string {
  const address = new URL(url)
  if (loopback.has(address.hostname) && loopback.has(window.location.hostname)) {
    address.hostname = window.location.hostname
  }
  if (!address.pathname.endsWith('/live')) {
    address.pathname = `${address.pathname.replace(/\/$/, '')}/live`
  }
  return address.toString()
}
