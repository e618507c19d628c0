import type { FrameRow } from '@/db/tables'
import { StoreUnavailable, type Writer } from '@/db/writer'
import type { Fact } from '@/domain/facts'
import { readRequest } from './repair'
import { printError, printResult } from './rpc/frame'
import type { Problem } from './rpc/errors'
import type { InboundCall } from './rpc/peer'
import type { Version } from './version'

/** Whom a call comes from. `registration` is what the last boot was answered, null before the first. */
export type Caller = {
  chargerId: number
  connectionId: number
  version: Version
  registration: string | null
}

export type Inbound = {
  /**
   * One call: log → validate (repair where that fails, validate again) → fact → record → COMMIT → the reply's text.
   * Rejects with `StoreUnavailable` when nothing could be stored: the charger must keep the message and come back.
   */
  serve(caller: Caller, call: InboundCall): Promise<string>
}

export function createInbound(context: {
  writer: Writer
  now: () => Date
  /** What happened and was committed; for counters and whoever waits for it in this process. */
  onFact?: (fact: Fact, outcome: unknown) => void
}): Inbound {
  const { writer, now, onFact } = context

  /** One literal of one shape: this runs for every message there is. */
  function log(
    caller: Caller,
    call: InboundCall,
    direction: 0 | 1,
    kind: 2 | 3 | 4,
    at: Date,
    payload: string,
    error: string | null,
    answer: string | null = null,
  ): FrameRow {
    const row: FrameRow = {
      at,
      chargerId: caller.chargerId,
      connectionId: caller.connectionId,
      direction,
      kind,
      action: call.action,
      messageId: call.messageId,
      payload,
      answer,
      error,
    }
    writer.accompany(row)
    return row
  }

  /** Answers with a CALLERROR; the frame it answers is kept like any other. */
  function refuse(caller: Caller, call: InboundCall, { code, text }: Problem): string {
    const payload = printError(call.messageId, code, text)
    log(caller, call, 0, 2, call.receivedAt, call.text, `${code}: ${text}`)
    log(caller, call, 1, 4, now(), payload, code)
    return payload
  }

  async function serve(caller: Caller, call: InboundCall): Promise<string> {
    const { version } = caller
    const { action, messageId } = call
    const message = version.in.get(action)
    if (!message) return refuse(caller, call, version.refusal(action))
    const read = readRequest(version, action, call.payload)
    if (read.kind === 'problem') return refuse(caller, call, read.problem)
    // A charger that never was accepted may only introduce itself; what it measured is taken all the same (SEC-11).
    const isFree = action === 'BootNotification' || version.reports.has(action)
    if (caller.registration !== 'Accepted' && !isFree)
      return refuse(caller, call, { code: 'SecurityError', text: 'Send BootNotification first' })

    const repairs = read.repairs.length > 0 ? `repaired: ${read.repairs.join(', ')}` : null
    const fact = message.toFact(read.payload, {
      chargerId: caller.chargerId,
      receivedAt: call.receivedAt,
    })
    const sure = message.sureOutcome?.(fact)
    const answer =
      sure === undefined ? null : printResult(messageId, message.toReply(sure, { now: now() }))
    const row = log(caller, call, 0, 2, call.receivedAt, call.text, repairs, answer)
    let outcome: unknown
    try {
      outcome = await writer.submit(fact.kind, fact)
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error
      // the row was refused with the fact and is recorded after it: without the answer that was not given
      row.answer = null
      const payload = printError(messageId, 'InternalError', 'The message could not be processed')
      log(caller, call, 1, 4, now(), payload, 'InternalError')
      return payload
    }
    if (fact.kind === 'ChargerBooted')
      caller.registration = (outcome as { registration: string }).registration
    onFact?.(fact, outcome)
    if (answer !== null) return answer
    const at = now()
    const payload = printResult(messageId, message.toReply(outcome, { now: at }))
    log(caller, call, 1, 3, at, payload, null)
    return payload
  }

  return { serve }
}
