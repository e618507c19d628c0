/** The official schemas of OCPP 1.6 and its security extension, as functions (`generate.ts` writes `validators.js`). */
import { validateCommandPayload } from '@/commands/schemas'
import { violationOf, type Validator } from '@/commands/schemas/violation'

import { codeOfRule, type Problem } from '../rpc/errors'
import { fromCharger, toCharger } from './actions'
import * as validators from './validators'

/** A request that was repaired: these members may be missing because they were beyond use. */
export type Repaired<Request, Member extends keyof Request> = Omit<Request, Member> &
  Partial<Pick<Request, Member>>

const requests = new Map(
  fromCharger.map((action) => [action as string, validators[`${action}Request`]]),
)
const responses = new Map(
  toCharger.map((action) => [action as string, validators[`${action}Response`]]),
)
const repairedRequests = new Map<string, Validator>([
  ['StartTransaction', validators.StartTransactionRequestRepaired],
  ['StopTransaction', validators.StopTransactionRequestRepaired],
  ['MeterValues', validators.MeterValuesRequestRepaired],
  ['StatusNotification', validators.StatusNotificationRequestRepaired],
  ['SecurityEventNotification', validators.SecurityEventNotificationRequestRepaired],
])

/** A call from a charger, or (where only we make it) one of ours. */
export function validateRequest(action: string, payload: unknown): Problem | null {
  const validate = requests.get(action)
  if (validate) return problemOf(validate, payload)
  const violation = validateCommandPayload(action, payload)
  if (!violation) return null
  const { member, text } = violation
  return { code: member === 'action' ? 'NotImplemented' : 'PropertyConstraintViolation', text }
}

/** The same once `repair` has done what it can. */
export function validateRepaired(action: string, payload: unknown): Problem | null {
  const validate = repairedRequests.get(action)
  return validate ? problemOf(validate, payload) : validateRequest(action, payload)
}

/** A charger's answer to a call of ours. */
export function validateResponse(action: string, payload: unknown): Problem | null {
  const validate = responses.get(action)
  if (!validate) return { code: 'NotImplemented', text: 'action is not a call of OCPP 1.6' }
  return problemOf(validate, payload)
}

function problemOf(validate: Validator, payload: unknown): Problem | null {
  const violation = violationOf(validate, payload)
  return violation && { code: codeOfRule(violation.rule, violation.member), text: violation.text }
}
