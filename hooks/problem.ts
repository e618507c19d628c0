import { APIError, ValidationError, type PayloadRequest } from 'payload'

/** A value that cannot be kept: 400, the sentence beside the field. */
export function badField(
  req: PayloadRequest,
  collection: string,
  path: string,
  message: string,
): ValidationError {
  return new ValidationError({ collection, errors: [{ path, message }], req }, req.t)
}

/** `refusal`: an answer and no fault of ours, so the log has a line of it and no stack (`loggingLevels`). */
export function refusal(status: number, code: string, message: string): APIError {
  const error = new APIError(message, status, { code }, true)
  error.name = 'Refusal'
  return error
}

/** Something the caller may not do although he sees the row: 403 with the reason. */
export function notAllowed(message: string): APIError {
  return refusal(403, 'not-allowed', message)
}

/** Something that cannot be done as things stand: 409 with the next step. */
export function conflict(message: string): APIError {
  return refusal(409, 'conflict', message)
}

/** RFC 9457, with the `errors` list beside it that Payload's panel reads. */
export function problem(status: number, code: string, detail: string, member?: string): Response {
  const body = {
    type: 'about:blank',
    title: code.replaceAll('-', ' '),
    status,
    code,
    detail,
    ...(member ? { member } : {}),
    errors: [{ message: detail, ...(member ? { field: member } : {}) }],
  }
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } })
}
