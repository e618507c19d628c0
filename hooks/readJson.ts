import { APIError, type PayloadRequest } from 'payload'

const longestBody = 256 * 1024

/** `readJson`: the JSON object a request carries; anything else (a form, an array, half a file) is a 400 with a sentence. */
export async function readJson(
  req: PayloadRequest,
  options: { isOptional?: boolean } = {},
): Promise<Record<string, unknown>> {
  const type = req.headers.get('content-type') ?? ''
  const text = (await req.text?.()) ?? ''
  if (text.trim() === '' && options.isOptional) return {}
  if (!/^application\/json\b/i.test(type)) throw bad('Send JSON: Content-Type: application/json.')
  if (text.length > longestBody) throw bad('This request is too long.')
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw bad('This request is not JSON.')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw bad('Send a JSON object.')
  return body as Record<string, unknown>
}

function bad(message: string): APIError {
  return new APIError(message, 400, { code: 'bad-request' }, true)
}
