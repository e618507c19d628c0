import { publicId } from '../platform/ids'

type Transaction = { db: unknown; resolve(): Promise<void>; reject(): Promise<void> }

/** As much of Payload's adapter for Postgres as is needed here. */
type Adapter = {
  drizzle: {
    transaction(work: (tx: unknown) => Promise<void>, options?: object): Promise<void>
  }
  initializing: Promise<void>
  sessions: Record<string, Transaction>
  transactionOptions?: object
  beginTransaction: unknown
  commitTransaction: unknown
}

/**
 * `heardCommit`: a COMMIT that fails is an error of the request. Payload's adapter (3.90.2) swallows it: a write was
 * answered as done that Postgres did not keep, where the connection broke at the last moment or a deferred constraint
 * said no. Everything else of the adapter stays.
 */
export function heardCommit<T extends { init(args: never): object }>(made: T): T {
  return {
    ...made,
    init: (args: never) => {
      const adapter = made.init(args) as Adapter
      adapter.beginTransaction = (options?: object) => begin(adapter, options)
      adapter.commitTransaction = (id: string | Promise<string>) => commit(adapter, id)
      return adapter
    },
  }
}

async function begin(adapter: Adapter, options?: object): Promise<string> {
  // the adapter may be connecting anew
  await adapter.initializing
  const id = publicId()
  await new Promise<void>((ready, failed) => {
    const done = adapter.drizzle.transaction(
      (tx) =>
        new Promise<void>((resolve, reject) => {
          adapter.sessions[id] = {
            db: tx,
            resolve: () => {
              resolve()
              return done
            },
            reject: () => {
              reject(new Error('rolled back'))
              return done.catch(() => {})
            },
          }
          ready()
        }),
      options ?? adapter.transactionOptions,
    )
    // where it never began; who ends it hears how that went
    done.catch(failed)
  })
  return id
}

async function commit(adapter: Adapter, incoming: string | Promise<string>): Promise<void> {
  const id = await incoming
  const open = adapter.sessions[id]
  if (!open) return
  // before it ends: nothing more may join it
  delete adapter.sessions[id]
  await open.resolve()
}
