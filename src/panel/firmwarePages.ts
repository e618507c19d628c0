import {
  readCampaign,
  readCampaigns,
  readCandidates,
  readChargerDiagnostics,
  readChargerUpdates,
  readImages,
  readMakes,
  readTargets,
  readUploadLimits,
  type CampaignRow,
  type CandidateRow,
  type ChargerUpdateRow,
  type DiagnosticsRow,
  type ImageRow,
  type TargetRow,
  type UploadLimits,
} from '@/db/queries/firmwareBoard'
import { isInside } from '@/domain/scope'

import { viewerOf, type Looking, type Viewer } from './viewer'

export type {
  CampaignRow,
  CandidateRow,
  ChargerUpdateRow,
  DiagnosticsRow,
  ImageRow,
  TargetRow,
} from '@/db/queries/firmwareBoard'

export type Make = { vendor: string; model: string | null; chargers: number }

/** What the four steps of an update need to begin with. */
export type UpdateStart = {
  images: ImageRow[]
  makes: Make[]
  /** Chosen already: this charger, or the rows that were selected. */
  chosen: CandidateRow[]
  upload: (UploadLimits & { mayUpload: boolean }) | null
}

async function startOf(viewer: Viewer, chargerIds: readonly number[]): Promise<UpdateStart> {
  const scope = viewer.scope('firmware-updates', 'create')
  const [images, makes, chosen, limits] = await Promise.all([
    readImages(viewer.sql),
    readMakes(viewer.sql, scope),
    readCandidates(viewer.sql, {
      scope,
      search: null,
      vendor: null,
      model: null,
      ids: chargerIds,
      limit: 10_000,
    }),
    readUploadLimits(viewer.sql),
  ])
  const mayUpload = viewer.can('firmware-files', 'upload')
  return { images, makes, chosen: chosen.rows, upload: mayUpload ? { ...limits, mayUpload } : null }
}

/** `loadUpdateStart`: null for somebody who may start none. */
export async function loadUpdateStart(
  looking: Looking,
  chargerIds: readonly number[],
): Promise<UpdateStart | null> {
  const viewer = await viewerOf(looking)
  return viewer?.can('firmware-updates', 'create') ? startOf(viewer, chargerIds) : null
}

export type FirmwareTabPage = {
  updates: ChargerUpdateRow[]
  /** Null where the person may not update this charger. */
  start: UpdateStart | null
}

/** `loadFirmwareTab`: what a charger's own tab shows. The page has already checked that the charger may be seen. */
export async function loadFirmwareTab(
  looking: Looking,
  place: { chargerId: number; siteId: number; regionId: number | null },
): Promise<FirmwareTabPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const mayStart = isInside(viewer.scope('firmware-updates', 'create'), place)
  const [updates, start] = await Promise.all([
    readChargerUpdates(viewer.sql, place.chargerId, viewer.scope('firmware-updates', 'read')),
    mayStart ? startOf(viewer, [place.chargerId]) : null,
  ])
  return { updates, start }
}

/** `loadUpdates`: the updates that touch what the person sees; null for somebody who sees none. */
export async function loadUpdates(
  looking: Looking,
): Promise<{ rows: CampaignRow[]; mayStart: boolean; upload: UpdateStart['upload'] } | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const [rows, limits] = await Promise.all([
    readCampaigns(viewer.sql, viewer.scope('firmware-updates', 'read'), 10),
    readUploadLimits(viewer.sql),
  ])
  const mayUpload = viewer.can('firmware-files', 'upload')
  return {
    rows,
    mayStart: viewer.can('firmware-updates', 'create'),
    upload: mayUpload ? { ...limits, mayUpload } : null,
  }
}

export type UpdatePage = { campaign: CampaignRow; targets: TargetRow[]; maySteer: boolean }

/** `loadUpdatePage`: null outside the scope. Who sees a part of an update steers none of it. */
export async function loadUpdatePage(looking: Looking, id: number): Promise<UpdatePage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const scope = viewer.scope('firmware-updates', 'read')
  const [campaign, targets] = await Promise.all([
    readCampaign(viewer.sql, id, scope),
    readTargets(viewer.sql, id, scope, 1_000),
  ])
  if (!campaign) return null
  return {
    campaign,
    targets,
    maySteer: !campaign.hasMore && viewer.can('firmware-updates', 'cancel'),
  }
}

export type DiagnosticsPage = { files: DiagnosticsRow[]; mayDownload: boolean }

/** `loadDiagnostics`: the files that a charger uploaded, as far as the person may see them. */
export async function loadDiagnostics(
  looking: Looking,
  chargerId: number,
): Promise<DiagnosticsPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const scope = viewer.scope('diagnostics-files', 'read')
  return {
    files: await readChargerDiagnostics(viewer.sql, chargerId, scope),
    mayDownload: viewer.can('diagnostics-files', 'download'),
  }
}
