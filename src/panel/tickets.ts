import { readStaffNames } from '@/db/queries/alertBoard'
import { readReachable } from '@/db/queries/alertMails'
import {
  countTickets,
  readTicket,
  type TicketCounts,
  type TicketDetail,
  type TicketPerson,
} from '@/db/queries/tickets'
import { isInside, rolesAt, scopeFor } from '@/domain/scope'

import { viewerOf, type Looking, type Viewer } from './viewer'

export type { TicketCounts, TicketDetail, TicketReplyRow } from '@/db/queries/tickets'

export type TicketPage = {
  ticket: TicketDetail
  userId: number
  /** Status, priority, who has it, notes among staff. */
  mayWork: boolean
  people: TicketPerson[]
}

export async function loadTicket(looking: Looking, id: number): Promise<TicketPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const ticket = await readTicket(viewer.sql, id, {
    userId: viewer.userId,
    read: viewer.scope('tickets', 'read'),
    work: viewer.scope('tickets', 'update'),
    people: viewer.fullScope('sessions', 'read'),
  })
  if (!ticket) return null
  const isMine = [ticket.reporter?.id, ticket.assignedTo?.id].includes(viewer.userId)
  const mayWork =
    isInside(viewer.scope('tickets', 'update'), ticket) ||
    (isMine && viewer.can('tickets', 'update'))
  return {
    ticket,
    userId: viewer.userId,
    mayWork,
    people: mayWork ? await whoMayTake(viewer, ticket) : [],
  }
}

async function whoMayTake(viewer: Viewer, ticket: TicketDetail): Promise<TicketPerson[]> {
  const { chargerId, siteId, regionId } = ticket
  const hasPlace = chargerId !== null || siteId !== null
  const ids = (await readReachable(viewer.sql))
    .filter(({ grants }) =>
      hasPlace
        ? isInside(scopeFor(grants, 'tickets', 'update', viewer.now), {
            chargerId,
            siteId,
            regionId,
          })
        : rolesAt(grants, viewer.now).some((role) => role !== 'site-owner'),
    )
    .map(({ userId }) => userId)
  return readStaffNames(viewer.sql, ids)
}

export async function loadTicketCounts(looking: Looking): Promise<TicketCounts | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  return countTickets(viewer.sql, { userId: viewer.userId, read: viewer.scope('tickets', 'read') })
}
