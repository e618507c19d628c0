import type { PayloadRequest } from 'payload'

import { findAnything } from '@/db/queries/find'
import { readSearch } from '@/domain/find'

import { demandViewer } from './demandViewer'

export type { Found, FoundKind } from '@/db/queries/find'

/** `GET /api/find?q=`: `{docs: [{kind, id, title, detail, status}]}`, each inside the caller's scope of its kind. */
export async function find(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  const search = readSearch(new URL(req.url ?? '', 'http://localhost').searchParams.get('q') ?? '')
  if (!search) return Response.json({ docs: [] })
  const docs = await findAnything(viewer.sql, search, {
    chargers: viewer.scope('chargers', 'read'),
    chargerDetails: viewer.fullScope('chargers', 'read'),
    sites: viewer.scope('sites', 'read'),
    sessions: viewer.scope('sessions', 'read'),
    cards: viewer.scope('rfid-cards', 'read'),
    cardDetails: viewer.fullScope('rfid-cards', 'read'),
    drivers: viewer.scope('drivers', 'read'),
    tickets: viewer.scope('tickets', 'read'),
    userId: viewer.userId,
  })
  return Response.json({ docs })
}
