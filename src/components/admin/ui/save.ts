import { sentenceOf } from '../commands/send'

export type FieldProblem = { path: string; message: string }
export type Refusal = {
  kind: 'refused'
  why: string
  fields: FieldProblem[]
  /** Stable, for what a page does about it; null where the server named none. */
  code: string | null
  /** After too many tries: how long to wait. */
  waitSeconds: number | null
}
export type Saved = { kind: 'ok'; body: Record<string, unknown> } | Refusal

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
  if (!response)
    return { kind: 'refused', why: unreachable, fields: [], code: null, waitSeconds: null }
  const answer = (await response.json().catch(() => null)) as Record<string, unknown> | null
  if (response.ok) return { kind: 'ok', body: answer ?? {} }
  const fields = fieldsOf(answer)
  const why =
    fields[0]?.message ?? sentenceOf(answer) ?? `The server refused this (${response.status}).`
  const code = typeof answer?.['code'] === 'string' ? answer['code'] : null
  const wait = Number(response.headers.get('Retry-After'))
  return { kind: 'refused', why, fields, code, waitSeconds: wait > 0 ? wait : null }
}

function fieldsOf(answer: unknown): FieldProblem[] {
  const { errors } = (answer ?? {}) as { errors?: { data?: { errors?: unknown } }[] }
  const found = errors?.[0]?.data?.errors
  return Array.isArray(found) ? (found as FieldProblem[]) : []
}
