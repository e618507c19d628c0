import { headers } from 'next/headers'
import type { Payload } from 'payload'
import { cache } from 'react'

import { viewerOf, type Viewer } from './viewer'

/** `pageViewer`: who looks, for a cell of a list: Payload tells it everything but that. Asked once per page. */
export const pageViewer = cache(async (payload: Payload): Promise<Viewer | null> => {
  const { user } = await payload.auth({ headers: await headers() })
  return viewerOf({ payload, user })
})
