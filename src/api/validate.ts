import type { z } from 'zod'

import { problem, type Operation, type Problem } from './operation'

type Read = { value: Record<string, unknown>; text: string } | Problem

/** `readQuery`: the query as the operation's schema reads it; a name that is given twice or not known is a mistake. */
export function readQuery(operation: Operation, url: URL): Read {
  const given: Record<string, string> = {}
  for (const [name, value] of url.searchParams) {
    if (Object.hasOwn(given, name))
      return problem('invalid-member', `${name} is given twice. Give it once.`, {
        errors: [{ pointer: `/${name}`, detail: 'given twice' }],
      })
    given[name] = value
  }
  if (!operation.query) {
    const [first] = Object.keys(given)
    return first === undefined
      ? { value: {}, text: '' }
      : problem('invalid-member', `${first.slice(0, 60)} is not a parameter of this operation.`, {
          errors: [{ pointer: `/${first.slice(0, 60)}`, detail: 'not known' }],
        })
  }
  return judged(operation.query, given, '')
}

/** `readBody`: the JSON object of the request, as the operation's schema reads it. */
export async function readBody(operation: Operation, request: Request): Promise<Read> {
  if (!operation.body) return { value: {}, text: '' }
  const text = await request.text()
  if (text.includes('\\u0000'))
    return problem('bad-request', 'The text holds U+0000. Leave it out.')
  const type = request.headers.get('content-type') ?? ''
  if (text !== '' && !/^application\/json\b/i.test(type))
    return problem('bad-request', 'Send JSON: Content-Type: application/json.')
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    return problem('bad-request', 'The body is not JSON.')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return problem('bad-request', 'Send a JSON object.')
  return judged(operation.body, body, text)
}

function judged(schema: z.ZodType, given: unknown, text: string): Read {
  const result = schema.safeParse(given)
  if (result.success) return { value: result.data as Record<string, unknown>, text }
  const errors = result.error.issues.slice(0, 20).map((issue) => ({
    pointer: `/${issue.path.map(String).join('/')}`,
    detail: issue.message,
  }))
  const [first] = errors
  const member = first && first.pointer !== '/' ? first.pointer.slice(1).replaceAll('/', '.') : null
  return problem(
    'invalid-member',
    `${member ? `${member}: ` : ''}${first?.detail ?? 'not readable'}`,
    {
      errors,
    },
  )
}
