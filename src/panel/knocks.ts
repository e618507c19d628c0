import type { PayloadRequest } from 'payload'

import { readKnocks, type Knocks } from '@/db/queries/knocks'
import { PublicError } from '@/platform/errors'

import { demandViewer } from './demandViewer'
import { viewerOf, type Looking, type Viewer } from './viewer'

export type { Knocks } from '@/db/queries/knocks'

const dayMs = 86_400_000
const rowsMost = 200

export type KnocksBoard = {
  readAt: string
  knocks: Knocks[]
  /** Sees chargers nobody registered, and may register them. */
  seesStrangers: boolean
  mayRegister: boolean
}

/** `loadKnocks`: who was refused within a day; null for those who may not set chargers up. */
export async function loadKnocks(looking: Looking): Promise<KnocksBoard | null> {
  const viewer = await viewerOf(looking)
  return viewer?.can('chargers', 'create') ? board(viewer, null) : null
}

/** `GET /api/knocks?identity=`: the same for pages that are open, and for one charger that somebody waits for. */
export async function knocks(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  if (!viewer.can('chargers', 'create'))
    throw new PublicError({
      code: 'not-permitted',
      status: 403,
      sentence: 'Your role does not set chargers up.',
    })
  const identity = new URL(req.url ?? '', 'http://localhost').searchParams.get('identity') || null
  if (identity !== null && (identity.length > 48 || identity.includes('\u0000')))
    throw new PublicError({ code: 'bad-query', status: 400, sentence: 'This is no identity.' })
  return Response.json(await board(viewer, identity))
}

async function board(viewer: Viewer, identity: string | null): Promise<KnocksBoard> {
  const scope = viewer.scope('chargers', 'create')
  const found = await readKnocks(viewer.sql, {
    scope,
    since: new Date(viewer.now.getTime() - dayMs),
    identity,
    limit: rowsMost,
  })
  return {
    readAt: viewer.now.toISOString(),
    knocks: found,
    seesStrangers: scope.kind === 'all',
    mayRegister: scope.kind !== 'none',
  }
}
