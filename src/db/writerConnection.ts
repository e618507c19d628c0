import pg from 'pg'

/**
 * Every statement of a flush looks up single rows by an index, and its plan is made once: before there are rows or
 * statistics, when a scan of the empty table looks cheaper than its index. A plan that scans stays for the life of the
 * connection (seen: 1,500 msg/s and falling), so scans and hashes are taken off the table here.
 */
const planning = `set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off`

/** Errors after which the connection is gone, as opposed to a statement that was refused or could not be built. */
export const isConnectionLoss = (error: unknown): boolean => {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return (
    /^(57P|08)/.test(code) ||
    /^E(CONN|PIPE|TIMEDOUT|HOST|NOTFOUND|AI_AGAIN)/.test(code) ||
    /connection terminated|connection error|client was closed|read timeout|timeout expired/i.test(
      message,
    )
  )
}

export type WriterConnection = {
  /** The live client, or null while there is none. */
  readonly current: pg.Client | null
  /** The live client, made where there is none; all who ask at once get the same. */
  get(): Promise<pg.Client>
  /** This client is of no use any more. */
  lose(client: pg.Client): void
  close(): Promise<void>
}

/** The one client of the batch writer, in pipeline mode. `onLost`: it went away by itself or was declared lost. */
export function createWriterConnection(
  connectionString: string,
  onLost: () => void,
): WriterConnection {
  let client: pg.Client | null = null
  let connecting: Promise<pg.Client> | null = null

  async function open(): Promise<pg.Client> {
    if (client) return client
    const fresh = new pg.Client({
      connectionString,
      application_name: 'cpms-writer',
      connectionTimeoutMillis: 3_000,
      statement_timeout: 5_000,
      query_timeout: 8_000,
      keepAlive: true,
      pipeline: true,
    } as pg.ClientConfig)
    fresh.on('error', () => lose(fresh))
    fresh.on('end', () => lose(fresh))
    await fresh.connect()
    await fresh.query(planning)
    client = fresh
    return fresh
  }

  function lose(lost: pg.Client): void {
    if (client !== lost) return
    client = null
    lost.end().catch(() => {})
    onLost()
  }

  return {
    get current() {
      return client
    },
    get() {
      connecting ??= open().finally(() => (connecting = null))
      return connecting
    },
    lose,
    async close() {
      const last = client
      client = null
      await last?.end().catch(() => {})
    },
  }
}
