/** Whether a call we are about to make is one that OCPP 1.6 knows, before it becomes a row or a frame. */
import * as validators from './validators'
import { violationOf, type Validator } from './violation'

const byAction = new Map<string, Validator>(
  Object.entries(validators).map(([name, validate]) => [name.replace(/Request$/, ''), validate]),
)

/** The calls we can make, by their OCPP 1.6 names (security extension included). */
export const commandActions: ReadonlySet<string> = new Set(byAction.keys())

/**
 * `null` when the payload may go to a charger as it is; otherwise the member at fault and a sentence that names it.
 * `payload` is the parsed object. An unknown action has the member `action`.
 */
export function validateCommandPayload(
  action: string,
  payload: unknown,
): { member: string; text: string } | null {
  const validate = byAction.get(action)
  if (!validate) return { member: 'action', text: 'action is not a call of OCPP 1.6' }
  const violation = violationOf(validate, payload)
  return violation && { member: violation.member, text: violation.text }
}
