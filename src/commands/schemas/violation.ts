/** A function that `ocpp/v16/generate.ts` wrote: false means `errors` holds the first thing that is wrong. */
export type Validator = { (payload: unknown): boolean; errors?: ValidatorError[] | null }

export type ValidatorError = {
  instancePath: string
  keyword: string
  params: Record<string, unknown>
}

/** What is wrong with a payload: which rule, at which member (`meterValue[0].timestamp`), in a public sentence. */
export type Violation = { rule: string; member: string; text: string }

/** The first thing wrong with the payload, or `null`. The sentence names the member, never the value. */
export function violationOf(validate: Validator, payload: unknown): Violation | null {
  if (validate(payload)) return null
  const error = validate.errors?.[0]
  if (!error) return { rule: 'unknown', member: 'payload', text: 'payload is not valid' }
  const member = memberOf(error)
  return { rule: error.keyword, member, text: `${member} ${complaint(error)}` }
}

function memberOf({ instancePath, params }: ValidatorError): string {
  const steps = instancePath.split('/').slice(1)
  const named = params.missingProperty ?? params.additionalProperty
  if (typeof named === 'string') steps.push(printable(named))
  const path = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('')
  return path.replace(/^\./, '') || 'payload'
}

/** Only an unknown member's own name comes from outside; it is shortened and cannot forge a line. */
function printable(name: string): string {
  return name.slice(0, 50).replace(/[^\x20-\x7e]/g, '?')
}

function complaint({ keyword, params }: ValidatorError): string {
  switch (keyword) {
    case 'required':
      return 'is missing'
    case 'additionalProperties':
      return 'is not a member of this message'
    case 'type':
      return `must be ${nameOfType[String(params.type)] ?? 'of another type'}`
    case 'enum':
      return 'has a value that the standard does not list'
    case 'maxLength':
      return `is longer than ${String(params.limit)} characters`
    case 'format':
      return params.format === 'uri' ? 'is not a URI' : 'is not a date and time with a zone'
    case 'multipleOf':
      return `must be a multiple of ${String(params.multipleOf)}`
    case 'minItems':
      return `needs at least ${String(params.limit)} entry`
    default:
      return 'is not valid'
  }
}

const nameOfType: Record<string, string> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}
