/**
 * Errors have two faces: `code` and a public sentence for people, details for the log. Expected outcomes are values,
 * not exceptions; what is thrown is a bug, a broken wire, or this one at the edge of HTTP.
 */
export class PublicError extends Error {
  override name = 'PublicError'
  readonly code: string
  readonly status: number
  /** Names the next step; safe to show to anyone who may see the thing itself. */
  readonly sentence: string

  constructor(problem: { code: string; status: number; sentence: string; cause?: unknown }) {
    super(problem.sentence, { cause: problem.cause })
    this.code = problem.code
    this.status = problem.status
    this.sentence = problem.sentence
  }
}

export type ProblemBody = {
  type: string
  title: string
  status: number
  code: string
  detail: string
}

/** RFC 9457 body of an error; anything but a `PublicError` says nothing about its cause. */
export function problemBody(error: unknown): ProblemBody {
  const known = error instanceof PublicError ? error : null
  return {
    type: 'about:blank',
    title: known ? known.code.replaceAll(/[-_]/g, ' ') : 'internal error',
    status: known?.status ?? 500,
    code: known?.code ?? 'internal',
    detail:
      known?.sentence ??
      'Something went wrong on our side. Try again; if it stays, tell support the time it happened.',
  }
}

/** The end of a `switch` that must stay total. */
export function unreachable(value: never): never {
  throw new Error(`not handled: ${JSON.stringify(value)}`)
}

/** Whatever was thrown, as an Error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
