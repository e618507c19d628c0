import { Client } from 'rpc-websockets'

/**
 * The browser's end of the live channel: rpc-websockets' client, and around it what the client does not do: it notices
 * a line that went dead without closing, and says so in time (PANEL: "live or honest", within 5 s).
 */

export type LiveEvent = {
  id: number
  at: string
  kind: string
  chargerId: number | null
  siteId: number | null
  sessionId: number | null
  body: Record<string, unknown>
}

export type MeterTick = {
  session: number
  charger: number
  wh: number
  w: number | null
  soc: number | null
  at: string
  costMinor?: number
  currency?: string
}

export type LiveState =
  /** Not up yet, and not long enough to say so. */
  | { kind: 'connecting' }
  | { kind: 'live' }
  /** The line is down; `dataOf` is when it last was up. */
  | { kind: 'paused'; dataOf: Date }

export type LiveHandlers = {
  onState(state: LiveState): void
  onEvent(event: LiveEvent): void
  onTicks(ticks: MeterTick[]): void
  /** The line is back (or up for the first time) and what is read from now on has no gap to what it tells. */
  onPosition(isReturn: boolean): void
}

export type LiveConnection = { close(): void; check(): void }

const askEveryMs = 2_000
const answerWithinMs = 2_500
const patienceMs = 4_000
const reconnectEveryMs = 1_000

type Ping = { now: string; lastEventId: number }

/** `openLive`: a connection that comes back by itself until it is closed. */
export function openLive(url: string, handlers: LiveHandlers): LiveConnection {
  let client = start()
  let state: LiveState['kind'] = 'connecting'
  let heardAt = Date.now()
  let wasLive = false
  let isAsking = false
  const timer = setInterval(check, askEveryMs)

  function start(): Client {
    const next = new Client(url, {
      reconnect: true,
      reconnect_interval: reconnectEveryMs,
      max_reconnects: 0,
    })
    next.on('open', () => void ask())
    next.on('close', () => set('paused'))
    // An error event without a listener would be thrown; the close that follows says all there is to say.
    next.on('error', () => {})
    next.on('event', (event: LiveEvent) => {
      heardAt = Date.now()
      handlers.onEvent(event)
    })
    next.on('meter', ({ ticks }: { ticks: MeterTick[] }) => {
      heardAt = Date.now()
      handlers.onTicks(ticks)
    })
    return next
  }

  function set(kind: LiveState['kind']): void {
    if (state === kind) return
    state = kind
    handlers.onState(kind === 'paused' ? { kind, dataOf: new Date(heardAt) } : { kind })
  }

  async function ask(): Promise<void> {
    if (isAsking) return
    isAsking = true
    const asked = client
    try {
      const answer = (await asked.call('ping', undefined, answerWithinMs)) as Ping
      if (asked !== client || !answer) return
      heardAt = Date.now()
      if (state !== 'live') {
        set('live')
        handlers.onPosition(wasLive)
        wasLive = true
      }
    } catch (error) {
      // Opened but silent: a dead line may take minutes to close by itself.
      if (asked === client && error instanceof Error && error.message === 'reply timeout') restart()
    } finally {
      isAsking = false
    }
  }

  function check(): void {
    if (Date.now() - heardAt > patienceMs) set('paused')
    void ask()
  }

  function restart(): void {
    set('paused')
    const dead = client
    client = start()
    dead.setAutoReconnect(false)
    dead.removeAllListeners()
    dead.on('error', () => {})
    dead.close(4000, 'silent')
  }

  return {
    check,
    close() {
      clearInterval(timer)
      client.setAutoReconnect(false)
      client.removeAllListeners()
      client.on('error', () => {})
      client.close(1000)
    },
  }
}
