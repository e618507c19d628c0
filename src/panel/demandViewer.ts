import { PublicError } from '@/platform/errors'

import { viewerOf, type Looking, type Viewer } from './viewer'

/** `demandViewer`: who asks, for routes of ours; a stranger gets a 401. */
export async function demandViewer(looking: Looking): Promise<Viewer> {
  const viewer = await viewerOf(looking)
  if (!viewer)
    throw new PublicError({ code: 'not-signed-in', status: 401, sentence: 'Sign in first.' })
  return viewer
}
