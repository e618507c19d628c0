import { sentenceOf } from '../commands/send'

export type AlertDoing = 'acknowledge' | 'assign' | 'resolve' | 'note'

/** `actOnAlert`: null when it was taken, else why not. */
export async function actOnAlert(
  id: number,
  doing: AlertDoing,
  body: { user?: number | null; note?: string } = {},
): Promise<string | null> {
  try {
    const response = await fetch(`/api/alerts/${id}/${doing}`, {
      method: 'POST',
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
