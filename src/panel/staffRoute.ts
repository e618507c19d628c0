import { createPayloadRequest, type PayloadRequest, type SanitizedConfig } from 'payload'

import { problemBody, PublicError } from '@/platform/errors'
import { logFor } from '@/platform/log'
import { guarded } from './guard'

const log = logFor('web')

/** `staffRoute`: a route of ours that is no collection: Payload's sign-in, our errors (RFC 9457), 503 without a database. */
export function staffRoute(
  config: Promise<SanitizedConfig> | SanitizedConfig,
  handler: (req: PayloadRequest) => Promise<Response>,
  options: { longestBody?: number } = {},
): (request: Request) => Promise<Response> {
  return guarded(async (request) => {
    try {
      const response = await handler(await createPayloadRequest({ config, request }))
      response.headers.set('Cache-Control', 'no-store')
      return response
    } catch (error) {
      if (!(error instanceof PublicError))
        log.error({ err: error, path: new URL(request.url).pathname }, 'a staff route failed')
      const body = problemBody(error)
      return Response.json(
        { ...body, errors: [{ message: body.detail }] },
        {
          status: body.status,
          headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
        },
      )
    }
  }, options.longestBody)
}
