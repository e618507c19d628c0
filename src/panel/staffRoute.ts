import { createPayloadRequest, type PayloadRequest, type SanitizedConfig } from 'payload'

import { problemBody, PublicError } from '@/platform/errors'
import { logFor } from '@/platform/log'
import { guarded } from './guard'
import { staffAudit } from './staffAudit'
import { viewerOf } from './viewer'

const log = logFor('web')

/** What somebody was not permitted to do is in the audit log, as with Payload's own routes; looking is not. */
async function keepDenial(req: PayloadRequest): Promise<void> {
  const viewer = await viewerOf(req)
  if (!viewer || req.method === 'GET') return
  await staffAudit(req, viewer, {
    action: `${req.method ?? ''} ${req.pathname ?? ''}`.slice(0, 120),
    resource: 'api',
    resourceId: null,
    siteId: null,
    result: 'refused',
    reason: 'not-permitted',
  }).catch((failure: unknown) => {
    log.error({ err: failure }, 'a refusal could not be written to the audit log')
  })
}

/** `staffRoute`: a route of ours that is no collection: Payload's sign-in, our errors (RFC 9457), 503 without a database. */
export function staffRoute(
  config: Promise<SanitizedConfig> | SanitizedConfig,
  handler: (req: PayloadRequest) => Promise<Response>,
  options: { longestBody?: number } = {},
): (request: Request) => Promise<Response> {
  return guarded(async (request) => {
    let req: PayloadRequest | null = null
    try {
      req = await createPayloadRequest({ config, request })
      const response = await handler(req)
      response.headers.set('Cache-Control', 'no-store')
      return response
    } catch (error) {
      if (!(error instanceof PublicError))
        log.error({ err: error, path: new URL(request.url).pathname }, 'a staff route failed')
      if (req && error instanceof PublicError && error.code === 'not-permitted')
        await keepDenial(req)
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
