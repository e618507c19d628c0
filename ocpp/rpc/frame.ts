/**
 * OCPP-J 1.6 frames, text ↔ values (OCPP-J 1.6 §4.2). Pure and total: whatever the text, there is an answer and
 * nothing is thrown.
 */
import type { ErrorCode } from './errors'

/** As in the log: 2 call, 3 result, 4 error, 0 what cannot be read as any of them. */
export type FrameKind = 0 | 2 | 3 | 4

export type CallFrame = { kind: 2; messageId: string; action: string; payload: unknown }
export type ResultFrame = { kind: 3; messageId: string; payload: unknown }
export type ErrorFrame = { kind: 4; messageId: string; code: string; description: string }
/** `messageId` is there when the sender could match an answer to it; without one there is nothing to answer. */
export type UnreadableFrame = { kind: 0; messageId: string | null; problem: string }

export type Frame = CallFrame | ResultFrame | ErrorFrame | UnreadableFrame

const messageIdMaxLength = 36
/** A longer id is refused under its own name (below); one that nobody could mean is not repeated back. */
const echoedIdMaxLength = 1024
const descriptionMaxLength = 255

/** The deepest message of the standard has nine levels. */
const depthMax = 64
/** Shorter ones are not looked through: the 2 µs would be on every frame, and 8,000 levels parse in a millisecond. */
const suspiciousLength = 8192

/**
 * Reads a frame. Depth cannot overflow anything: V8 parses JSON with a stack of its own and nothing behind this walks
 * a payload deeper than its schema does. It costs time, though (a megabyte of brackets 130 ms, of numbers 9), so a long
 * text is looked through first. An engine that did recurse would throw a RangeError, which is caught like bad JSON.
 *
 * An id of more than 36 characters is answered with FormationViolation under that same id: OCPP-J 1.6 §4.2.3 names
 * "unique identifier too long" among the reasons for a CALLERROR and wants "the exact same id" in it; the errata
 * change neither. A payload of `null` means an empty one (§4.2.1).
 */
export function parseFrame(text: string): Frame {
  if (text.length > suspiciousLength && isTooDeep(text))
    return unreadable(idInBrokenJson(text), 'the message is nested too deep')
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return unreadable(idInBrokenJson(text), 'the message is not valid JSON')
  }
  if (!Array.isArray(frame)) return unreadable(null, 'the message is not a JSON array')

  const [type, messageId] = frame as unknown[]
  if (typeof messageId !== 'string') return unreadable(null, 'the message has no id')
  if (type === 3) return { kind: 3, messageId, payload: frame[2] ?? {} }
  if (type === 4) {
    const [, , code, description] = frame as unknown[]
    return {
      kind: 4,
      messageId,
      code: textOr(code, 'GenericError'),
      description: textOr(description, ''),
    }
  }
  if (messageId.length > messageIdMaxLength) {
    const echoed = messageId.length > echoedIdMaxLength ? null : messageId
    return unreadable(echoed, `the message id is longer than ${messageIdMaxLength} characters`)
  }
  if (type !== 2) return unreadable(messageId, 'the message type is not one of 2, 3 and 4')
  if (frame.length !== 4) return unreadable(messageId, 'a call has exactly four elements')
  const action: unknown = frame[2]
  if (typeof action !== 'string') return unreadable(messageId, 'the action is not a text')
  return { kind: 2, messageId, action, payload: frame[3] ?? {} }
}

/** A call whose payload goes out exactly as `payloadText` has it, member order included. */
export function printCall(messageId: string, action: string, payloadText: string): string {
  return `[2,${JSON.stringify(messageId)},${JSON.stringify(action)},${payloadText}]`
}

export function printResult(messageId: string, payload: object): string {
  return `[3,${JSON.stringify(messageId)},${JSON.stringify(payload)}]`
}

/** `errorDetails` stays empty: nothing of ours is told to a charger but the sentence (QUIRKS 14, SEC-08). */
export function printError(messageId: string, code: ErrorCode, description: string): string {
  const sentence = JSON.stringify(description.slice(0, descriptionMaxLength))
  return `[4,${JSON.stringify(messageId)},"${code}",${sentence},{}]`
}

/** Counts brackets outside of strings. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let isInString = false
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (isInString) {
      if (unit === 0x5c) index += 1
      else if (unit === 0x22) isInString = false
    } else if (unit === 0x22) isInString = true
    else if (unit === 0x5b || unit === 0x7b) {
      depth += 1
      if (depth > depthMax) return true
    } else if (unit === 0x5d || unit === 0x7d) depth -= 1
  }
  return false
}

function unreadable(messageId: string | null, problem: string): UnreadableFrame {
  return { kind: 0, messageId, problem }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

/** The id of a call that breaks off or is misspelt further on, so that the charger need not wait for its timeout. */
function idInBrokenJson(text: string): string | null {
  return /^\s*\[\s*2\s*,\s*"([^"\\]{1,36})"\s*,/.exec(text)?.[1] ?? null
}
