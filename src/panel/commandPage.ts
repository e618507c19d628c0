import {
  readCommandDetail,
  readChargerCommands,
  type CommandDetail,
} from '@/db/queries/commandDetail'

import { maskIdTags } from '@/domain/idToken'

import { hidesIdentities } from './identities'
import { viewerOf, type Looking, type Viewer } from './viewer'

export type { CommandDetail } from '@/db/queries/commandDetail'

/** `loadCommandPage`: null outside the scope. */
export async function loadCommandPage(
  looking: Looking,
  commandId: number,
): Promise<CommandDetail | null> {
  const viewer = await viewerOf(looking)
  const command =
    viewer && (await readCommandDetail(viewer.sql, commandId, viewer.scope('commands', 'read')))
  return command ? shown(command, viewer) : null
}

/** `loadChargerCommands`: the last of what was asked of a charger, the newest first. */
export async function loadChargerCommands(
  looking: Looking,
  chargerId: number,
): Promise<CommandDetail[]> {
  const viewer = await viewerOf(looking)
  if (!viewer) return []
  const scope = viewer.scope('commands', 'read')
  const commands = await readChargerCommands(viewer.sql, chargerId, scope, 30)
  return commands.map((command) => shown(command, viewer))
}

const shown = (command: CommandDetail, viewer: Viewer): CommandDetail =>
  hidesIdentities(viewer) && command.payload !== null
    ? { ...command, payload: maskIdTags(command.payload) }
    : command
