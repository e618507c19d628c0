import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'

import type { PayloadRequest } from 'payload'

import { findDiagnosticsFile, findImageFile, type StoredFile } from '@/db/queries/firmwareBoard'
import { env } from '@/platform/env'
import { PublicError } from '@/platform/errors'
import { downloadHeaders } from '@/platform/fileNames'
import { fileAt, sizeOf, type FileKind } from '@/platform/fileStore'
import { staffAudit } from './staffAudit'
import { viewerOf, type Viewer } from './viewer'

/** `GET /api/diagnostics/:id/file`: what a charger uploaded, to whoever may see that charger's diagnostics. */
export async function downloadDiagnostics(req: PayloadRequest): Promise<Response> {
  const viewer = await signedIn(req)
  const scope = viewer.scope('diagnostics-files', 'download')
  const id = idIn(req)
  const file = id === null ? null : await findDiagnosticsFile(viewer.sql, id, scope)
  return file && id !== null
    ? send(req, viewer, 'diagnostics', id, file)
    : refuse(req, viewer, 'diagnostics', scope.kind === 'none')
}

/** `GET /api/firmware/:id/file`: the image as it was uploaded. */
export async function downloadFirmware(req: PayloadRequest): Promise<Response> {
  const viewer = await signedIn(req)
  const may = viewer.can('firmware-files', 'download')
  const id = idIn(req)
  const file = may && id !== null ? await findImageFile(viewer.sql, id) : null
  return file && id !== null
    ? send(req, viewer, 'firmware', id, file)
    : refuse(req, viewer, 'firmware', !may)
}

async function send(
  req: PayloadRequest,
  viewer: Viewer,
  kind: FileKind,
  id: number,
  file: StoredFile,
): Promise<Response> {
  const path = fileAt(env().dataDir, kind, file.storedAs)
  const size = await sizeOf(path)
  if (size === null)
    throw new PublicError({
      code: 'file-gone',
      status: 404,
      sentence:
        'The file is not on this machine’s disk. Roles on several machines share one data directory.',
    })
  await staffAudit(req, viewer, {
    action: 'download',
    resource: kind,
    resourceId: String(id),
    siteId: file.siteId,
    result: 'done',
    reason: null,
    after: { file: file.filename, sizeBytes: size },
  })
  const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
  return new Response(body, { headers: downloadHeaders(file.filename, size) })
}

/** Outside the scope is not there; a role that never may hears so. */
async function refuse(
  req: PayloadRequest,
  viewer: Viewer,
  kind: FileKind,
  isForbidden: boolean,
): Promise<never> {
  await staffAudit(req, viewer, {
    action: 'download',
    resource: kind,
    resourceId: idIn(req)?.toString() ?? null,
    siteId: null,
    result: 'refused',
    reason: isForbidden ? 'not-permitted' : 'unknown-file',
  })
  if (isForbidden)
    throw new PublicError({
      code: 'not-permitted',
      status: 403,
      sentence: 'Your role does not download these files.',
    })
  throw new PublicError({ code: 'unknown-file', status: 404, sentence: 'There is no such file.' })
}

async function signedIn(req: PayloadRequest): Promise<Viewer> {
  const viewer = await viewerOf(req)
  if (viewer) return viewer
  throw new PublicError({ code: 'not-signed-in', status: 401, sentence: 'Sign in first.' })
}

/** `/api/<kind>/:id/file` */
function idIn(req: PayloadRequest): number | null {
  const text = new URL(req.url ?? '', 'http://localhost').pathname.split('/').at(-2) ?? ''
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}
