/**
 * The charger's memory of transaction messages: delivered in order, kept while offline, resent until answered
 * (`OCPP 1.6 ed2 §3.7`). A CALLERROR is "failure to process": after TransactionMessageAttempts of them, each waited
 * for TransactionMessageRetryInterval × the number of sends, the message is given up (§3.7.1). Silence is not a
 * failure to process: such a message is sent again after the next connect.
 */
import type { SimClock } from './clock'
import type { Answer } from './wire'

export type QueuedMessage = {
  action: string
  /** Asked at each send: the transaction id may have become known meanwhile. */
  payload: () => object
  onResult: (payload: Record<string, unknown>) => void
  onDiscard: () => void
}

export type TransactionQueue = {
  add(message: QueuedMessage): void
  /** Sends what waits until the queue is empty or the line is lost; a second call while it runs does nothing. */
  pump(): Promise<void>
  size(): number
  /** Resolves when nothing waits. */
  whenEmpty(): Promise<void>
}

export function createQueue(inner: {
  clock: SimClock
  send: (action: string, payload: object) => Promise<Answer>
  isReady: () => boolean
  attempts: () => number
  retrySeconds: () => number
  onRefusal: (text: string) => void
  life: AbortSignal
}): TransactionQueue {
  const waiting: { message: QueuedMessage; refusals: number }[] = []
  let isPumping = false
  let onEmpty: (() => void)[] = []

  const pump = async () => {
    if (isPumping) return
    isPumping = true
    while (waiting.length > 0 && inner.isReady()) {
      const head = waiting[0]!
      const answer = await inner.send(head.message.action, head.message.payload())
      if (answer.kind === 'lost') break
      if (answer.kind === 'result') {
        waiting.shift()
        head.message.onResult(answer.payload)
        continue
      }
      head.refusals += 1
      inner.onRefusal(`${head.message.action}: ${answer.code} ${String(answer.description)}`)
      if (head.refusals >= inner.attempts()) {
        waiting.shift()
        head.message.onDiscard()
        continue
      }
      await inner.clock.sleep(inner.retrySeconds() * head.refusals, inner.life)
    }
    isPumping = false
    if (waiting.length > 0) return
    const told = onEmpty
    onEmpty = []
    for (const tell of told) tell()
  }

  return {
    add: (message) => {
      waiting.push({ message, refusals: 0 })
      void pump()
    },
    pump,
    size: () => waiting.length,
    whenEmpty: () =>
      waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => onEmpty.push(resolve)),
  }
}
