import type { PayloadRequest } from 'payload'

import { idOf } from '../access/fieldByPolicy'

/** `siteFromAddress`: a schedule begun on a site's page (`/create?site=7`) is about that site; anyone may choose another. */
export function siteFromAddress({ req }: { req: PayloadRequest }): number | undefined {
  return idOf((req.query as Record<string, unknown> | undefined)?.['site']) ?? undefined
}
