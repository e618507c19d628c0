/** What a module of one OCPP version fills. Translators are pure: no database, no clock, no refusal. */
import type { Fact, OutcomeOf } from '@/domain/facts'

import type { Problem } from './rpc/errors'

export type { Problem } from './rpc/errors'

/** `Fact`s of one kind from requests of one action, and the answer's words from what became of the fact. */
export type InboundMessage<Request, F extends Fact> = {
  action: string
  toFact(request: Request, context: { chargerId: number; receivedAt: Date }): F
  toReply(outcome: OutcomeOf<F>, context: { now: Date }): object
  /**
   * What becomes of a fact where that is certain before it is recorded, else `undefined`. Its answer is worded at once
   * (and sent after COMMIT like any other), so that call and answer are one row of the log.
   */
  sureOutcome?(fact: F): OutcomeOf<F> | undefined
}

/** An entry of the table: the request has passed the schema of its action before `toFact` sees it. */
export type AnyInboundMessage = {
  action: string
  toFact(request: unknown, context: { chargerId: number; receivedAt: Date }): Fact
  toReply(outcome: unknown, context: { now: Date }): object
  sureOutcome?(fact: Fact): unknown
}

/** `repairs` are for the log and say which member and what was done, never its value. */
export type Repair = { payload: unknown; repairs: string[] }

export type Version = {
  /** The WebSocket subprotocol by which it is agreed. */
  protocol: 'ocpp1.6'
  /** `null`, or what the standard has against a call: a charger's, or one we are about to make. */
  validateRequest(action: string, payload: unknown): Problem | null
  /** The same for a request that `repair` has gone over: less is asked of it. */
  validateRepaired(action: string, payload: unknown): Problem | null
  /** A request with its known oddities put right, each named; `null` where this action has none. */
  repair(action: string, payload: unknown): Repair | null
  /** Why a call is not in `in`: `NotImplemented` for what the standard does not know, else `NotSupported`. */
  refusal(action: string): Problem
  /** `null`, or what is wrong with the answer to a call of ours. */
  validateResponse(action: string, payload: unknown): Problem | null
  /** Calls that chargers make and we serve. */
  in: ReadonlyMap<string, AnyInboundMessage>
  /** Calls that we make; their payloads go out verbatim. */
  out: ReadonlySet<string>
  /** Reports of facts: never refused for haste, order or business reasons (QUIRKS, rule 0). */
  reports: ReadonlySet<string>
  /**
   * Calls whose answer depends on the moment (a clock, a card's standing). They are served again when they are
   * repeated; an old answer would set a charger's clock back.
   */
  answeredAfresh: ReadonlySet<string>
}
