import { isCommandKind, type CommandKind } from '@/domain/command'
import { validateCommandPayload } from './schemas'

/** A wish as it was asked for, its payload checked against OCPP's schema; `text` is what will go over the wire. */
export type Wish = { action: CommandKind; payload: Record<string, unknown>; text: string }

export type Refusal = {
  kind: 'refused'
  status: 400 | 403 | 404 | 409 | 429
  /** For programs; stable. */
  code: string
  /** For people; names the next step. */
  sentence: string
  /** The member at fault, where one is. */
  member?: string
}

const longestPayload = 64 * 1024

/** `readWish`: the action and payload of a request, or the member that makes no sense. */
export function readWish(body: { action?: unknown; payload?: unknown }): Wish | Refusal {
  const { action } = body
  if (!isCommandKind(action))
    return senseless(
      'action',
      'action is not a call of OCPP 1.6 that a charger takes, e.g. "RemoteStartTransaction", "Reset", "UnlockConnector".',
    )
  const payload = body.payload ?? {}
  if (typeof payload !== 'object' || Array.isArray(payload))
    return senseless('payload', `payload is an object, as ${action}.req of OCPP 1.6.`)
  const violation = validateCommandPayload(action, payload)
  if (violation) return senseless(`payload.${violation.member}`, violation.text)
  const text = JSON.stringify(payload)
  if (text.length > longestPayload) return senseless('payload', 'payload is too long.')
  if (hasForbiddenText(text))
    return senseless(
      'payload',
      'payload has characters that cannot be stored or sent (U+0000, half a pair).',
    )
  return { action, payload: payload as Record<string, unknown>, text }
}

function senseless(member: string, sentence: string): Refusal {
  return { kind: 'refused', status: 400, code: 'invalid-command', sentence, member }
}

/** JSON.stringify writes U+0000 and lone surrogates as escapes; Postgres takes the text, the charger may not. */
function hasForbiddenText(json: string): boolean {
  return /\\u0000|\\ud[89a-f]/i.test(json.replace(/\\\\/g, ''))
}
