import { isDatabaseUp } from './database'

type Handler<Args extends unknown[]> = (request: Request, ...args: Args) => Promise<Response>

/** What is sent is forms; a route that takes files names its own limit. */
const usualBody = 5 * 1024 * 1024

/**
 * `guarded`: what Payload's routes do not do by themselves. With Postgres away they would call everybody unknown (401,
 * 403) or say nothing (500): that is a 503, which clients try again. A body too large is refused before it is read.
 */
export function guarded<Args extends unknown[]>(
  handler: Handler<Args>,
  longestBody = usualBody,
): Handler<Args> {
  return async (request, ...args) => {
    if (Number(request.headers.get('content-length') ?? 0) > longestBody)
      return refusal(413, 'too-large', 'This request is too large.')
    const response = await handler(request, ...args).catch((error: unknown) => error)
    const isSuspect =
      !(response instanceof Response) ||
      [401, 403, 404].includes(response.status) ||
      response.status >= 500
    if (isSuspect && !(await isDatabaseUp())) return unavailable()
    if (response instanceof Response) return response
    throw response
  }
}

/** The same for GraphQL, which answers 200 whatever happened. */
export function guardedGraphql<Args extends unknown[]>(handler: Handler<Args>): Handler<Args> {
  const inner = guarded(handler)
  return async (request, ...args) =>
    (await isDatabaseUp()) ? inner(request, ...args) : unavailable()
}

export function unavailable(): Response {
  return refusal(
    503,
    'database-unavailable',
    'The database cannot be reached. Try again in a moment.',
    {
      'Retry-After': '5',
    },
  )
}

function refusal(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json(
    { code, errors: [{ message, data: { code } }] },
    { status, headers: { 'Cache-Control': 'no-store', ...headers } },
  )
}
