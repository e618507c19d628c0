/** One command from the wish to its end, for screens that go on when it has ended. */
import { sendCommand, type Wish } from './send'

export type Ended = {
  id: number | null
  status: string
  /** What came of it, for people. */
  outcome: string
  response: Record<string, unknown> | null
}

const askEveryMs = 700
const longestMs = 120_000

/** `runCommand`: sends and waits until nothing more will come. Never rejects: a refusal is an end like another. */
export async function runCommand(
  chargerId: number,
  wish: Wish,
  onStep: (status: string) => void = () => {},
): Promise<Ended> {
  const sent = await sendCommand(chargerId, wish)
  if (sent.kind === 'refused')
    return { id: null, status: 'refused', outcome: sent.why, response: null }
  onStep('queued')
  const untilMs = Date.now() + longestMs
  while (Date.now() < untilMs) {
    await new Promise((resolve) => setTimeout(resolve, askEveryMs))
    const answer = await fetch(`/api/commands/${sent.id}?depth=0`, {
      credentials: 'include',
    }).catch(() => null)
    if (!answer?.ok) continue
    const doc = (await answer.json()) as {
      status: string
      isFinal: boolean
      outcome?: string | null
      response?: unknown
    }
    onStep(doc.status)
    if (doc.isFinal)
      return {
        id: sent.id,
        status: doc.status,
        outcome: doc.outcome ?? '',
        response: objectOf(doc.response),
      }
  }
  return {
    id: sent.id,
    status: 'timeout',
    outcome: 'No end was seen within two minutes. Look at Remote commands.',
    response: null,
  }
}

function objectOf(response: unknown): Record<string, unknown> | null {
  if (typeof response === 'object' && response !== null) return response as Record<string, unknown>
  try {
    const value: unknown = typeof response === 'string' ? JSON.parse(response) : null
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}
