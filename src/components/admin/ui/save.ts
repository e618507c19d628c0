import { sentenceOf } from '../commands/send'

export type FieldProblem = { path: string; message: string }
export type Saved =
  | { kind: 'ok'; body: Record<string, unknown> }
  | { kind: 'refused'; why: string; fields: FieldProblem[] }

const unreachable = 'The server did not answer. Check your connection and try again.'

/** `save`: asks the server to keep something. What it refuses comes back as a sentence, and beside its fields. */
export async function save(
  method: 'POST' | 'PATCH',
  path: string,
  body: unknown,
  type = 'application/json',
): Promise<Saved> {
  const response = await fetch(path, {
    method,
    credentials: 'include',
    headers: { 'Content-Type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }).catch(() => null)
  if (!response) return { kind: 'refused', why: unreachable, fields: [] }
  const answer = (await response.json().catch(() => null)) as Record<string, unknown> | null
  if (response.ok) return { kind: 'ok', body: answer ?? {} }
  const fields = fieldsOf(answer)
  const why =
    fields[0]?.message ?? sentenceOf(answer) ?? `The server refused this (${response.status}).`
  return { kind: 'refused', why, fields }
}

function fieldsOf(answer: unknown): FieldProblem[] {
  const { errors } = (answer ?? {}) as { errors?: { data?: { errors?: unknown } }[] }
  const found = errors?.[0]?.data?.errors
  return Array.isArray(found) ? (found as FieldProblem[]) : []
}
