import { sentenceOf } from '../commands/send'

/** `save`: null when it was taken, else why not. */
export async function save(
  method: 'POST' | 'PATCH',
  path: string,
  body: object,
): Promise<string | null> {
  try {
    const response = await fetch(path, {
      method,
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.ok) return null
    const answer: unknown = await response.json().catch(() => null)
    return sentenceOf(answer) ?? `The server refused (${response.status}).`
  } catch {
    return 'The server did not answer. Check your connection and try again.'
  }
}
