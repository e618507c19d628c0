/** A start that cannot go on. The message says what is wrong and what to do next; no stack is shown. */
export class StartProblem extends Error {
  override name = 'StartProblem'
}

/** The system's own word for what went wrong (`EACCES`, `EADDRINUSE` …), or an empty text. */
export function systemCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
