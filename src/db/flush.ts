import type pg from 'pg'
import { isConnectionLoss, type WriterConnection } from './writerConnection'

export type Tx = {
  /** Issues one statement of the flush. Statements travel in one pipeline, so none may wait for another's rows. */
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(
    name: string,
    text: string,
    values: unknown[],
  ): Promise<pg.QueryResult<R>>
  /** Hands an item to a recorder that runs later in this flush; nobody waits for its outcome. */
  also(kind: string, item: unknown): void
  /** Runs once the flush is committed; for what a process remembers of the rows it made. */
  afterCommit(then: () => void): void
}

/**
 * Records all `items` of one kind in one set-based go. It must issue every statement before its first `await`
 * (a statement that comes later finds the transaction closed and throws), and answer in the order of `items`.
 */
export type Recorder<Item, Outcome> = (
  tx: Tx,
  items: readonly Item[],
  now: Date,
) => Promise<readonly Outcome[]>

export type Recorders = Record<string, Recorder<never, unknown>>

/** What a flush records: an item of one kind. */
export type Item = { kind: string; item: unknown }

type Group = { indexes: number[]; items: unknown[] }

function grouped(entries: readonly Item[]): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (let i = 0; i < entries.length; i++) {
    const { kind, item } = entries[i]!
    let group = groups.get(kind)
    if (!group) groups.set(kind, (group = { indexes: [], items: [] }))
    group.indexes.push(i)
    group.items.push(item)
  }
  return groups
}

/** The socket below a client: what is written while it is corked leaves in one go. */
const streamOf = (client: pg.Client) =>
  (client as unknown as { connection: { stream: { cork(): void; uncork(): void } } }).connection
    .stream

export type Flush = {
  entries: readonly Item[]
  /** Items of the companion kind that ride along. */
  companions: readonly unknown[]
  now: Date
  /** The flush is on its way. */
  onSent?: () => void
}

/**
 * `commit`: one transaction for a flush, its statements in one pipeline; resolves after COMMIT with the outcomes in the
 * order of `entries`. Recorders run in the order of `recorders`. Rejects with the first error, and then nothing stays.
 */
export function createFlusher(
  connection: WriterConnection,
  recorders: Recorders,
  companionKind: string,
): (flush: Flush) => Promise<unknown[]> {
  const order = Object.keys(recorders)

  return async function commit({ entries, companions, now, onSent }) {
    // No await when connected: the statements must be on their way before `commit` first yields.
    const client = connection.current ?? (await connection.get())
    let isOpen = true
    const running: Promise<unknown>[] = []
    const also = new Map<string, unknown[]>()
    const uses = new Map<string, number>()
    const thens: (() => void)[] = []
    const tx: Tx = {
      query(name, text, values) {
        if (!isOpen) throw new Error(`statement ${name} was issued after the flush was sent`)
        // Prepared and used again in one pipeline, a name would be prepared twice: the second use has its own.
        const use = uses.get(name) ?? 0
        uses.set(name, use + 1)
        const prepared = use === 0 ? name : `${name}#${use}`
        const result = client.query({ name: prepared, text, values })
        running.push(result)
        return result as never
      },
      also(kind, item) {
        const items = also.get(kind)
        if (items) items.push(item)
        else also.set(kind, [item])
      },
      afterCommit: (then) => void thens.push(then),
    }
    const stream = streamOf(client)
    stream.cork()
    running.push(client.query('begin'))
    const outcomes: Promise<readonly unknown[]>[] = []
    const places: number[][] = []
    const byKind = grouped(entries)
    for (const kind of order) {
      const { indexes, items } = byKind.get(kind) ?? { indexes: [], items: [] }
      if (kind === companionKind) for (const item of companions) items.push(item)
      const handed = also.get(kind)
      if (handed) for (const item of handed) items.push(item)
      if (items.length === 0) continue
      outcomes.push(recorders[kind]!(tx, items as never[], now))
      places.push(indexes)
    }
    isOpen = false
    // A recorder that could not build its statements rejects through a few nested awaits: then nothing of this flush
    // may stay. (Not a timer: what is corked here should be on its way.)
    let isBuilt = true
    for (const outcome of outcomes) outcome.catch(() => (isBuilt = false))
    for (let turn = 0; turn < 10; turn++) await null
    const end = client.query(isBuilt ? 'commit' : 'rollback')
    running.push(end)
    stream.uncork()
    onSent?.()
    // Both at once: a recorder that rejects while its statements are still awaited must have a listener already.
    const [settled, results] = await Promise.all([
      Promise.allSettled(running),
      Promise.allSettled(outcomes),
    ])
    const failure = [...settled, ...results].find((result) => result.status === 'rejected')
    if (failure) {
      if (isConnectionLoss(failure.reason)) connection.lose(client)
      throw failure.reason
    }
    // A transaction that failed answers COMMIT with the tag ROLLBACK and no error.
    if ((await end).command !== 'COMMIT') throw new Error('the flush was rolled back')
    for (const then of thens) then()
    const answer: unknown[] = new Array(entries.length)
    results.forEach((result, group) => {
      const values = (result as PromiseFulfilledResult<readonly unknown[]>).value
      places[group]!.forEach((place, i) => (answer[place] = values[i]))
    })
    return answer
  }
}
