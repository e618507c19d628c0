import type { Readable } from 'node:stream'

import { diagnosticsLimits, fileDiagnostics, setUploading } from '@/db/queries/transfers'
import { safeFileName } from '@/platform/fileNames'
import { dropFile, hasRoom, keepFile, receiveFile, fileAt } from '@/platform/fileStore'
import { publicId } from '@/platform/ids'
import { refuse } from './answers'
import type { FileDoorContext, Visit } from './door'
import { isMultipart, readFilePart } from './multipart'
import { createNewest } from './newest'

const newest = createNewest()
/** Between two pieces; lines of chargers are slow, and dead ones must not stay. */
const idleMs = 60_000
const wholeMs = 2 * 3_600_000
/** What a form adds around its file. */
const formBytes = 64 * 1024

/**
 * `takeDiagnostics`: one file per link, raw or as a form, written piece by piece under a random name of ours. What the
 * charger calls it is kept as a word to show and never becomes a path; what is in it is never looked into.
 */
export async function takeDiagnostics(context: FileDoorContext, visit: Visit): Promise<void> {
  const { request, response, transfer, hash } = visit
  if (transfer.usedAt !== null || !['requested', 'uploading'].includes(transfer.state ?? ''))
    return refuse(request, response, 403)
  // A part of a file would be taken for the whole.
  if (request.headers['content-range'] !== undefined)
    return refuse(request, response, 400, 'Send the whole file at once.')

  const limits = await diagnosticsLimits(context.pool, transfer.chargerId)
  const declared = Number(request.headers['content-length'] ?? 0)
  const extra = isMultipart(request) ? formBytes : 0
  const left = limits.quotaBytes - limits.keptBytes
  if (declared > limits.maxBytes + extra) return refuse(request, response, 413)
  if (left <= 0 || declared > left + extra)
    return refuse(request, response, 413, 'This charger has used up its space here.')
  if (!(await hasRoom(context.dataDir, declared))) return refuse(request, response, 507)

  stopBodyClock(visit)
  const maxBytes = Math.min(limits.maxBytes, left)
  const cut = () => request.socket.destroy()
  const ended = newest.take(hash.toString('hex'), cut)
  const whole = setTimeout(cut, wholeMs)
  request.setTimeout(idleMs, cut)
  try {
    await take(context, visit, maxBytes)
  } finally {
    clearTimeout(whole)
    ended()
  }
}

async function take(context: FileDoorContext, visit: Visit, maxBytes: number): Promise<void> {
  const { request, response, transfer, hash } = visit
  const { pool, dataDir, now } = context
  const { fileId } = transfer
  const backTo = (reason: string) =>
    setUploading(pool, { fileId, state: 'requested', reason, at: now() })

  await setUploading(pool, { fileId, state: 'uploading', reason: null, at: now() })
  if (request.headers.expect !== undefined) response.writeContinue()
  try {
    const part = await partOf(visit)
    if (!part) {
      await backTo('unreadable')
      return refuse(request, response, 400)
    }
    const received = await receiveFile(part.stream, { dataDir, kind: 'diagnostics', maxBytes })
    if (received.kind !== 'stored') {
      await backTo(received.kind)
      return refuse(request, response, received.kind === 'empty' ? 400 : 413)
    }
    const { path, sizeBytes, sha256 } = received
    const storedAs = publicId()
    await keepFile(path, dataDir, 'diagnostics', storedAs)
    const filename = safeFileName(part.name, `diagnostics-${fileId}`)
    const file = { hash, filename, sizeBytes, sha256, storedAs, at: now() }
    const isFiled = await fileDiagnostics(pool, file).catch(async (error: unknown) => {
      await dropFile(fileAt(dataDir, 'diagnostics', storedAs))
      throw error
    })
    if (!isFiled) {
      await dropFile(fileAt(dataDir, 'diagnostics', storedAs))
      return refuse(request, response, 409)
    }
    response.type('text/plain').send('stored\n')
  } catch (error) {
    await backTo('interrupted')
    // The line broke: there is nobody to answer.
    if (request.destroyed || !response.writable) return
    throw error
  }
}

async function partOf({
  request,
  name,
}: Visit): Promise<{ stream: Readable; name: string | null } | null> {
  if (!isMultipart(request)) return { stream: request, name }
  const part = await readFilePart(request)
  return part && { stream: part.stream, name: part.filename ?? name }
}

/** The general limit for bodies is for questions; a file has its own, above. */
function stopBodyClock({ response }: Visit): void {
  const { stopBodyClock } = response.locals as { stopBodyClock?: () => void }
  stopBodyClock?.()
}
