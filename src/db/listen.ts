import pg from 'pg'

export type Listener = { close(): Promise<void> }

export type ListenOptions = {
  connectionString: string
  channels: readonly string[]
  name?: string
  /** A payload is a hint; whoever needs to be sure reads the rows. */
  onNotify(channel: string, payload: string): void
  /** LISTEN stands (again): what was notified in between was not heard, so read the rows now. */
  onUp?(): void
  onDown?(error: Error): void
}

const retryFirstMs = 250
const retryMostMs = 5_000
const aliveEveryMs = 10_000

/**
 * `listen`: one connection of its own that hears the channels and comes back by itself for ever. A connection that
 * Postgres no longer answers on (a stopped server, a cut cable) is found by asking every 10 s.
 */
export function listen(options: ListenOptions): Listener {
  let closed = false
  let client: pg.Client | null = null
  let retryMs = retryFirstMs
  let retry: NodeJS.Timeout | undefined
  let alive: NodeJS.Timeout | undefined

  function lost(from: pg.Client, error: Error): void {
    if (client !== from) return
    client = null
    clearInterval(alive)
    from.end().catch(() => {})
    if (closed) return
    options.onDown?.(error)
    retry = setTimeout(connect, retryMs)
    retryMs = Math.min(retryMs * 2, retryMostMs)
  }

  function connect(): void {
    const next = new pg.Client({
      connectionString: options.connectionString,
      application_name: options.name ?? 'cpms-listen',
      connectionTimeoutMillis: 3_000,
      query_timeout: 5_000,
      keepAlive: true,
    })
    client = next
    next.on('error', (error) => lost(next, error))
    next.on('end', () => lost(next, new Error('connection ended')))
    next.on('notification', ({ channel, payload }) => options.onNotify(channel, payload ?? ''))
    start(next).catch((error: Error) => lost(next, error))
  }

  async function start(next: pg.Client): Promise<void> {
    await next.connect()
    for (const channel of options.channels)
      await next.query(`listen ${pg.escapeIdentifier(channel)}`)
    if (closed || client !== next) return
    retryMs = retryFirstMs
    alive = setInterval(() => {
      next.query('select 1').catch((error: Error) => lost(next, error))
    }, aliveEveryMs)
    options.onUp?.()
  }

  connect()
  return {
    async close() {
      closed = true
      clearTimeout(retry)
      clearInterval(alive)
      const last = client
      client = null
      await last?.end().catch(() => {})
    },
  }
}
