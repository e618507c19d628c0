import { readProfiles, type ProfileRow } from '@/db/queries/chargingProfiles'
import { readCompositeSchedule, type CompositeSchedule } from '@/domain/chargingProfile'
import { isInside } from '@/domain/scope'

import { loadChargerPage, type ChargerPage } from './chargerPage'
import { viewerOf, type Looking } from './viewer'

export type ListedProfile = ProfileRow & { isOver: boolean }

export type ProfilesTab = {
  page: ChargerPage
  profiles: ListedProfile[]
  schedule: CompositeSchedule | null
  scheduleReadAt: string | null
}

const shown = 30

/** `loadChargingProfiles`: the tab "Charging profiles"; null outside the scope. */
export async function loadChargingProfiles(
  looking: Looking,
  chargerId: number,
): Promise<ProfilesTab | null> {
  const [page, viewer] = await Promise.all([loadChargerPage(looking, chargerId), viewerOf(looking)])
  if (!page || !viewer) return null
  const { siteId, regionId } = page.board
  const mayRead = isInside(viewer.scope('charging-profiles', 'read'), {
    chargerId,
    siteId,
    regionId,
  })
  if (!mayRead) return { page, profiles: [], schedule: null, scheduleReadAt: null }
  const { profiles, schedule } = await readProfiles(viewer.sql, chargerId, shown)
  const asked = schedule && (JSON.parse(schedule.payload) as { duration?: number })
  return {
    page,
    profiles: profiles.map((profile) => ({
      ...profile,
      isOver: !['draft', 'sent', 'accepted'].includes(profile.state),
    })),
    schedule:
      schedule &&
      readCompositeSchedule(JSON.parse(schedule.response), {
        at: new Date(schedule.answeredAt),
        durationSeconds: asked?.duration ?? 86_400,
      }),
    scheduleReadAt: schedule?.answeredAt ?? null,
  }
}
