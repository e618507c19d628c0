import { readWishes } from '@/db/queries/alertMails'
import { readSitesInScope, type NamedSite } from '@/db/queries/preferences'
import { incidentKinds, titleOfKind } from '@/domain/incident'
import { usualWishes, type NoticeWishes } from '@/domain/notice'

import { hasMailServer } from './settings'
import { viewerOf, type Looking } from './viewer'

export type NotificationsPage = {
  /** Of the row that holds them; null where the person has never said. */
  id: number | null
  wishes: NoticeWishes
  email: string
  sites: NamedSite[]
  kinds: { value: string; label: string }[]
  /** Mails are sent, and not only kept. */
  hasMailServer: boolean
}

const mostSites = 500

export async function loadNotifications(looking: Looking): Promise<NotificationsPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const [wishes, own] = [
    await readWishes(viewer.sql, viewer.userId),
    await readSitesInScope(viewer.sql, {
      userId: viewer.userId,
      scope: viewer.scope('alerts', 'read'),
      limit: mostSites,
    }),
  ]
  return {
    id: own.id,
    wishes: wishes ?? { ...usualWishes, timezone: own.timezone },
    email: own.email,
    sites: own.sites,
    kinds: incidentKinds.map((value) => ({ value, label: titleOfKind[value] })),
    hasMailServer: hasMailServer(),
  }
}
