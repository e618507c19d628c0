/** `sendCommand`: asks for something to be done at a charger. Its answer is the wish's number, or why it was refused. */

/** `card`: the id of the card to start with, where its number is not shown. */
export type Wish = { action: string; payload: Record<string, unknown>; card?: number }

export type Sent = { kind: 'ok'; id: number } | { kind: 'refused'; why: string }

const unreachable = 'The server did not answer. Check your connection and try again.'

export async function sendCommand(charger: number, wish: Wish): Promise<Sent> {
  try {
    const response = await fetch('/api/commands', {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ charger, ...wish }),
    })
    const body: unknown = await response.json().catch(() => null)
    const id = (body as { doc?: { id?: unknown } } | null)?.doc?.id
    if (response.ok && typeof id === 'number') return { kind: 'ok', id }
    return { kind: 'refused', why: sentenceOf(body) ?? `The server refused (${response.status}).` }
  } catch {
    return { kind: 'refused', why: unreachable }
  }
}

/** The public sentence of a problem (RFC 9457), or of Payload's own error list. */
export function sentenceOf(body: unknown): string | null {
  const { detail, errors } = (body ?? {}) as { detail?: unknown; errors?: { message?: unknown }[] }
  if (typeof detail === 'string' && detail) return detail
  const message = errors?.[0]?.message
  return typeof message === 'string' && message ? message : null
}
