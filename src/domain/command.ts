import type {
  ChargerBooted,
  ChargerDisconnected,
  SessionEnded,
  SessionStarted,
  StatusReported,
} from './facts'
import { sameCard } from './idToken'
import {
  afterAnswer,
  afterClose,
  afterEffect,
  afterError,
  afterNoEffect,
  afterOffline,
  afterSilence,
  isAvailability,
  type AnswerContext,
  type CommandChange,
  type CommandStatus,
} from './command/answers'
import { commandKinds, type CommandKind, type Effect } from './command/kinds'

export * from './command/answers'
export * from './command/kinds'

/** A wish and its life; the members of a row of `commands` that the rules need. */
export type Command = {
  chargerId: number
  action: CommandKind
  payload: Readonly<Record<string, unknown>>
  status: CommandStatus
  isFinal: boolean
  sentAt: Date | null
}

/** What may fulfil a wish: facts, or as much of them as matters. A `SessionEnded` carries the transaction it was resolved to. */
export type Happening =
  | Pick<SessionStarted, 'kind' | 'chargerId' | 'receivedAt' | 'connectorId' | 'idToken'>
  | Pick<SessionEnded, 'kind' | 'chargerId' | 'receivedAt' | 'transactionId'>
  | Pick<ChargerBooted, 'kind' | 'chargerId' | 'receivedAt'>
  | Pick<ChargerDisconnected, 'kind' | 'chargerId' | 'receivedAt'>
  | Pick<StatusReported, 'kind' | 'chargerId' | 'receivedAt' | 'connectorId' | 'status'>

/** Which step may follow which. A final step has none: the first final state stands, whatever arrives later. */
export const legalSteps: Readonly<Record<CommandStatus, readonly CommandStatus[]>> = {
  queued: ['sent', 'failed'],
  sent: ['accepted', 'rejected', 'failed', 'timeout', 'effective'],
  accepted: ['effective', 'failed'],
  rejected: [],
  failed: [],
  timeout: [],
  effective: [],
}

/** `accepted` ends a command only where no effect is awaited; `isFinal` on the row says which. */
export const finalStatuses: readonly CommandStatus[] = [
  'rejected',
  'failed',
  'timeout',
  'effective',
  'accepted',
]

/** Which kinds of fact can fulfil which effect: so that a fact looks only at commands it may concern. */
export const factsOfEffect: Readonly<Record<NonNullable<Effect>, readonly Happening['kind'][]>> = {
  'session-started': ['SessionStarted'],
  'session-ended': ['SessionEnded'],
  restarted: ['ChargerDisconnected', 'ChargerBooted'],
  'availability-changed': ['StatusReported'],
}

export type CommandEvent =
  | { kind: 'sent' }
  | { kind: 'answered'; response: unknown }
  | { kind: 'error'; code: string; description?: string }
  | { kind: 'silence' }
  | { kind: 'closed' }
  | { kind: 'happened'; happening: Happening }
  /** The present step took too long. */
  | { kind: 'deadline' }
  /** We do not send it (not registered, say). */
  | { kind: 'refused'; reason: string; outcome: string }

/**
 * `fulfils`: whether this is what the command wished for. The charger may act before it answers, so a `sent` command
 * counts too: a hard reset in the field never sends Reset.conf, its socket closes or its boot arrives instead. Only
 * what was received after the command was sent counts.
 */
export function fulfils(command: Command, happening: Happening): boolean {
  if (command.isFinal || (command.status !== 'sent' && command.status !== 'accepted')) return false
  if (happening.chargerId !== command.chargerId) return false
  if (command.sentAt && happening.receivedAt.getTime() < command.sentAt.getTime()) return false
  const effect = commandKinds[command.action].effect
  if (effect === null || !factsOfEffect[effect].includes(happening.kind)) return false
  const { payload } = command
  switch (happening.kind) {
    case 'SessionStarted':
      return (
        isAsked(payload['connectorId'], happening.connectorId) &&
        isAskedCard(payload['idTag'], happening.idToken)
      )
    case 'SessionEnded':
      return payload['transactionId'] === happening.transactionId
    case 'ChargerDisconnected':
    case 'ChargerBooted':
      return true
    case 'StatusReported':
      return (
        (payload['connectorId'] === 0 || payload['connectorId'] === happening.connectorId) &&
        isAvailability(payload['type'], happening.status)
      )
  }
}

/** `advance`: the change that an event makes to a command, or null where it makes none. Pure; never leaves a final state. */
export function advance(
  command: Command,
  event: CommandEvent,
  context: AnswerContext = {},
): CommandChange | null {
  if (command.isFinal) return null
  const change = changeOf(command, event, context)
  return change && legalSteps[command.status].includes(change.status) ? change : null
}

function changeOf(
  command: Command,
  event: CommandEvent,
  context: AnswerContext,
): CommandChange | null {
  const { action, payload, status } = command
  switch (event.kind) {
    case 'sent':
      return {
        status: 'sent',
        isFinal: false,
        reason: null,
        outcome: `Sent ${commandKinds[action].noun}; waiting for the answer.`,
      }
    case 'answered':
      return status === 'sent' ? afterAnswer(action, payload, event.response, context) : null
    case 'error':
      return status === 'sent' ? afterError(action, event, context) : null
    case 'silence':
      return status === 'sent' ? afterSilence(action, context) : null
    case 'closed':
      if (status !== 'sent') return null
      return action === 'Reset'
        ? afterEffect(action, payload, context)
        : afterClose(action, context)
    case 'happened':
      return fulfils(command, event.happening) ? afterEffect(action, payload, context) : null
    case 'deadline':
      if (status === 'queued') return afterOffline(action, context)
      return status === 'sent'
        ? afterSilence(action, context)
        : afterNoEffect(action, payload, context)
    case 'refused':
      return status === 'queued'
        ? { status: 'failed', isFinal: true, reason: event.reason, outcome: event.outcome }
        : null
  }
}

function isAsked(asked: unknown, seen: number): boolean {
  return asked === undefined || asked === null || asked === seen
}

function isAskedCard(asked: unknown, seen: string): boolean {
  return (
    asked === undefined || asked === null || (typeof asked === 'string' && sameCard(asked, seen))
  )
}
