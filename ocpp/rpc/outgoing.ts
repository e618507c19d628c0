/** Our calls to one charger: one outstanding, the others wait their turn (OCPP-J 1.6 §4.1.1). */
import { randomUUID } from 'node:crypto'

import type { Metrics } from '../metrics'
import { printCall, type ErrorFrame, type ResultFrame } from './frame'

export type CallOutcome =
  | { kind: 'result'; payload: unknown; text: string }
  | { kind: 'error'; code: string; description: string; text: string }
  | { kind: 'timeout' }
  | { kind: 'closed' }
  /** Too many calls are waiting already; nothing was sent. */
  | { kind: 'overflow' }

type OwnCall = {
  messageId: string
  action: string
  payloadText: string
  timeoutMs: number
  settle: (outcome: CallOutcome) => void
}

/** What the calls need of the socket; `sendCall` puts the frame on the wire and into the log. */
export type Outlet = {
  readonly isOpen: boolean
  sendCall(messageId: string, action: string, text: string): void
}

export class Outgoing {
  readonly #outlet: Outlet
  readonly #waitingMax: number
  readonly #metrics: Metrics
  #outstanding: OwnCall | null = null
  #timer: NodeJS.Timeout | undefined
  #sentAtMs = 0
  #waiting: OwnCall[] = []

  constructor(outlet: Outlet, waitingMax: number, metrics: Metrics) {
    this.#outlet = outlet
    this.#waitingMax = waitingMax
    this.#metrics = metrics
  }

  call(
    action: string,
    payloadText: string,
    timeoutMs: number,
    messageId: string = randomUUID(),
  ): Promise<CallOutcome> {
    if (this.#waiting.length >= this.#waitingMax) return Promise.resolve({ kind: 'overflow' })
    return new Promise((settle) => {
      this.#waiting.push({ messageId, action, payloadText, timeoutMs, settle })
      this.#next()
    })
  }

  /** The action of the call with this id, if it is the one outstanding; `null` for late and unknown ids. */
  actionOf(messageId: string): string | null {
    return this.#outstanding?.messageId === messageId ? this.#outstanding.action : null
  }

  /** Settles the outstanding call, which `frame` answers. */
  receive(frame: ResultFrame | ErrorFrame, text: string): void {
    if (frame.kind === 3) return this.#settle({ kind: 'result', payload: frame.payload, text })
    const { code, description } = frame
    this.#settle({ kind: 'error', code, description, text })
  }

  closeAll(): void {
    const waiting = this.#waiting
    this.#waiting = []
    if (this.#outstanding) this.#settle({ kind: 'closed' })
    for (const call of waiting) call.settle({ kind: 'closed' })
  }

  #next(): void {
    if (this.#outstanding) return
    const call = this.#waiting.shift()
    if (!call) return
    if (!this.#outlet.isOpen) {
      call.settle({ kind: 'closed' })
      return this.#next()
    }
    this.#outstanding = call
    this.#metrics.counts.callsOut += 1
    this.#sentAtMs = performance.now()
    this.#timer = setTimeout(() => {
      this.#metrics.counts.callTimeouts += 1
      this.#settle({ kind: 'timeout' })
    }, call.timeoutMs)
    const { messageId, action, payloadText } = call
    this.#outlet.sendCall(messageId, action, printCall(messageId, action, payloadText))
  }

  #settle(outcome: CallOutcome): void {
    const call = this.#outstanding
    clearTimeout(this.#timer)
    this.#outstanding = null
    if (call) {
      this.#metrics.callsOut.observe((performance.now() - this.#sentAtMs) / 1000, outcome.kind)
      call.settle(outcome)
    }
    this.#next()
  }
}
