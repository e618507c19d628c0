import {
  readCommandDetail,
  readChargerCommands,
  type CommandDetail,
} from '@/db/queries/commandDetail'

import { viewerOf, type Looking } from './viewer'

export type { CommandDetail } from '@/db/queries/commandDetail'

/** `loadCommandPage`: null outside the scope. */
export async function loadCommandPage(
  looking: Looking,
  commandId: number,
): Promise<CommandDetail | null> {
  const viewer = await viewerOf(looking)
  return viewer && readCommandDetail(viewer.sql, commandId, viewer.scope('commands', 'read'))
}

/** `loadChargerCommands`: the last of what was asked of a charger, the newest first. */
export async function loadChargerCommands(
  looking: Looking,
  chargerId: number,
): Promise<CommandDetail[]> {
  const viewer = await viewerOf(looking)
  return viewer
    ? readChargerCommands(viewer.sql, chargerId, viewer.scope('commands', 'read'), 30)
    : []
}
