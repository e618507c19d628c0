import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

import { announceDownload, endTransfer, markServed, markUnserved } from '@/db/queries/transfers'
import { downloadHeaders } from '@/platform/fileNames'
import { fileAt, sizeOf } from '@/platform/fileStore'
import { refuse } from './answers'
import type { FileDoorContext, Visit } from './door'
import { createNewest } from './newest'
import { readRange, type Range } from './range'

const newest = createNewest()
/** A charger that takes not one byte for this long has gone. */
const idleMs = 120_000
/** The end of the file may be lost in a buffer on the way: its rest may be asked for again, its whole not. */
const restWithinMs = 10 * 60_000
const pieceBytes = 256 * 1024
const announceEveryMs = 2_000
const announceEveryPercent = 5

/**
 * `serveFirmware`: the image, or the rest of it, as fast as the charger takes it and never in our memory. The link is
 * used up when the last byte has left; what is left of a broken transfer may be fetched until then, from any byte on.
 */
export async function serveFirmware(context: FileDoorContext, visit: Visit): Promise<void> {
  const { request, response, transfer } = visit
  const { sha256, filename } = transfer
  const size = Number(transfer.sizeBytes)
  const path = sha256 && fileAt(context.dataDir, 'firmware', sha256)
  if (!path || (await sizeOf(path)) !== size) {
    context.onTrouble('a firmware image is not on the disk', new Error(`image ${transfer.fileId}`))
    return refuse(request, response, 404)
  }
  const etag = `"${sha256.slice(0, 32)}"`
  const range = readRange(
    { range: request.headers.range, ifRange: request.headers['if-range'] as string | undefined },
    { size, etag },
  )
  if (isSpent(visit, range, context.now())) return refuse(request, response, 403)
  response.set(downloadHeaders(filename ?? 'firmware.bin', size))
  response.set({ 'Accept-Ranges': 'bytes', ETag: etag })
  if (range === 'none') {
    response.set('Content-Range', `bytes */${size}`).removeHeader('Content-Length')
    return void response.status(416).end()
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  response.status(range ? 206 : 200).set('Content-Length', String(end - start + 1))
  if (range) response.set('Content-Range', `bytes ${start}-${end}/${size}`)
  if (request.method === 'HEAD') return void response.end()
  await send(context, visit, path, { start, end, size })
}

function isSpent({ transfer }: Visit, range: Range | 'none' | null, now: Date): boolean {
  if (!transfer.usedAt) return false
  const isRest = range !== null && range !== 'none' && range.start > 0
  return !isRest || now.getTime() - transfer.usedAt.getTime() > restWithinMs
}

async function send(
  context: FileDoorContext,
  { request, response, transfer, hash }: Visit,
  path: string,
  { start, end, size }: Range & { size: number },
): Promise<void> {
  const { pool, now } = context
  const { socket } = request
  const tell = announcer(context, transfer, size)
  const cut = () => socket.destroy()
  const ended = newest.take(hash.toString('hex'), cut)
  response.setTimeout(idleMs, cut)
  const isWhole = end === size - 1
  let isMarked = false
  /** Used up before its last piece goes out: whoever has that cannot ask again. Taken back when it did not get there. */
  async function* pieces(): AsyncGenerator<Buffer> {
    let at = start
    const file = createReadStream(path, { start, end, highWaterMark: pieceBytes })
    for await (const piece of file as AsyncIterable<Buffer>) {
      at += piece.length
      if (at < size) tell('progress', at)
      else {
        await markServed(pool, hash, now())
        isMarked = true
      }
      yield piece
    }
  }
  tell('begun', start)
  try {
    await pipeline(pieces, response)
  } catch {
    // The charger went away; it comes again for the rest.
    if (isMarked) await markUnserved(pool, hash)
    return
  } finally {
    ended()
  }
  if (!isWhole) return
  tell('finished', size)
  // What lies in buffers on the way may still be lost. One that closes in order has it all; one that is torn off has not.
  const undo = () => settle(markUnserved(pool, hash))
  socket.once('error', undo).once('end', () => {
    socket.off('error', undo)
    settle(endTransfer(pool, hash, now()))
  })

  function settle(work: Promise<void>): void {
    work.catch((error: unknown) => context.onTrouble('a used link could not be settled', error))
  }
}

/** Tells of steps of five per cent, and not more often than every two seconds. */
function announcer(context: FileDoorContext, transfer: Visit['transfer'], size: number) {
  let toldAtMs = 0
  let toldPercent = -1
  let turn = Promise.resolve()
  return (phase: 'begun' | 'progress' | 'finished', bytes: number): void => {
    const percent = Math.floor((bytes * 100) / size)
    const at = context.now()
    const isSoon =
      at.getTime() - toldAtMs < announceEveryMs || percent - toldPercent < announceEveryPercent
    if (phase === 'progress' && isSoon) return
    toldAtMs = at.getTime()
    toldPercent = percent
    const { chargerId, siteId, fileId } = transfer
    turn = turn
      .then(() => announceDownload(context.pool, { chargerId, siteId, fileId, phase, percent, at }))
      .catch((error: unknown) => context.onTrouble('a download could not be told of', error))
  }
}
