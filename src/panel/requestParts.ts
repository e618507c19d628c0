import type { PayloadRequest } from 'payload'

import { PublicError } from '@/platform/errors'

/** `idInPath`: the id at a place of the address (`-2` in `/api/statements/7/send`); what is none is not there. */
export function idInPath(req: PayloadRequest, at: number): number {
  const text = new URL(req.url ?? '', 'http://localhost').pathname.split('/').at(at) ?? ''
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new PublicError({
    code: 'unknown-id',
    status: 404,
    sentence: 'There is nothing at this address.',
  })
}

/** `jsonOf`: the JSON object a request carries; no body is an empty one. */
export async function jsonOf(req: PayloadRequest): Promise<Record<string, unknown>> {
  const text = (await req.text?.()) ?? ''
  if (text.trim() === '') return {}
  const body = parsed(text)
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>
  throw new PublicError({ code: 'bad-request', status: 400, sentence: 'Send a JSON object.' })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
