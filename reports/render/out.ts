import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Bytes on their way out: counted, hashed, and no faster than they are taken. */
export class Out {
  readonly #hash = createHash('sha256')
  readonly #to: Writable
  bytes = 0

  constructor(to: Writable) {
    this.#to = to
  }

  async write(chunk: string | Uint8Array): Promise<void> {
    const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    if (data.byteLength === 0) return
    if (this.#to.destroyed) throw new Error('the reader has gone')
    this.#hash.update(data)
    this.bytes += data.byteLength
    if (!this.#to.write(data)) await drained(this.#to)
  }

  /** The hash of all that was written; the stream itself stays open for its owner to end. */
  sha256(): string {
    return this.#hash.digest('hex')
  }
}

async function drained(to: Writable): Promise<void> {
  const gone = new AbortController()
  const onClose = () => gone.abort()
  to.once('close', onClose)
  try {
    await once(to, 'drain', { signal: gone.signal })
  } catch {
    throw new Error('the reader has gone')
  } finally {
    to.off('close', onClose)
  }
}
