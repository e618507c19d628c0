import type { PayloadRequest } from 'payload'

import { idOf } from '../access/fieldByPolicy'

type Named = 'charger' | 'session' | 'alert' | 'driver'
type About = Partial<Record<Named | 'subject', unknown>>

/**
 * `prefilled`: a new ticket is about what its writer was looking at: `/create?alert=7` names the alert and, where they
 * may see it, its charger and what it says. A query of somebody's making fills in nothing they could not choose.
 */
export const prefilled =
  (name: Named | 'subject') =>
  async ({ req }: { req: PayloadRequest }): Promise<unknown> => {
    const query = req.query as Record<string, unknown> | undefined
    if (!query) return undefined
    const direct = name === 'subject' ? null : idOf(query[name])
    if (direct !== null) return direct
    const about = await aboutOf(req, query)
    return about[name]
  }

async function aboutOf(req: PayloadRequest, query: Record<string, unknown>): Promise<About> {
  const memory = req.context as { ticketAbout?: Promise<About> }
  memory.ticketAbout ??= readAbout(req, query)
  return memory.ticketAbout
}

async function readAbout(req: PayloadRequest, query: Record<string, unknown>): Promise<About> {
  const collection = (['alerts', 'sessions'] as const).find(
    (slug) => idOf(query[slug.slice(0, -1)]) !== null,
  )
  if (!collection || !req.user) return {}
  try {
    const doc = (await req.payload.findByID({
      collection,
      id: idOf(query[collection.slice(0, -1)])!,
      depth: 0,
      overrideAccess: false,
      user: req.user,
      req: { ...req, query: {} } as PayloadRequest,
    })) as { charger?: unknown; title?: string }
    return { charger: idOf(doc.charger) ?? undefined, subject: doc.title }
  } catch {
    // not in sight, or not there: nothing is filled in
    return {}
  }
}
