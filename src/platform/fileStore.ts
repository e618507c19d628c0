/**
 * Files that people and chargers give us, in folders of the data directory that no web server shows. A file is written
 * under a random name, readable by us alone, and takes its place only when it is complete and on the disk.
 */
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

import { publicId } from './ids'

export type FileKind = 'firmware' | 'diagnostics'

export type Received =
  | {
      kind: 'stored'
      /** Still under its random name. */
      path: string
      sizeBytes: number
      /** Hex. */
      sha256: string
      /** The first 4 kB. */
      head: Buffer
    }
  | { kind: 'too-large' }
  | { kind: 'empty' }

const headBytes = 4096
/** A disk that is full stops Postgres too. */
const spareBytes = 512 * 1024 * 1024

export const folderOf = (dataDir: string, kind: FileKind): string => join(dataDir, kind)

/** Where a kept file lies. `name` is one we made (hex), never one we were given. */
export function fileAt(dataDir: string, kind: FileKind, name: string): string {
  if (!/^[0-9a-f]{32,64}$/.test(name)) throw new Error('not a name of ours')
  return join(folderOf(dataDir, kind), name)
}

/** `hasRoom`: whether so much more can be taken without filling the disk. Unknown is yes. */
export async function hasRoom(dataDir: string, moreBytes: number): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(dataDir)
    return bavail * bsize - moreBytes > spareBytes
  } catch {
    return true
  }
}

/**
 * `receiveFile`: writes the stream to the disk piece by piece, at most `maxBytes`, with its SHA-256. What is too large
 * is given up at once and the stream is left to the caller, who still has to answer. Throws when the stream breaks.
 */
export async function receiveFile(
  stream: Readable,
  { dataDir, kind, maxBytes }: { dataDir: string; kind: FileKind; maxBytes: number },
): Promise<Received> {
  const folder = folderOf(dataDir, kind)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${publicId()}.part`)
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  const head: Buffer[] = []
  let sizeBytes = 0
  let isKept = false
  try {
    for await (const chunk of stream.iterator({
      destroyOnReturn: false,
    }) as AsyncIterable<Buffer>) {
      if (sizeBytes < headBytes) head.push(chunk.subarray(0, headBytes - sizeBytes))
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) return { kind: 'too-large' }
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    if (sizeBytes === 0) return { kind: 'empty' }
    await file.sync()
    isKept = true
    return {
      kind: 'stored',
      path,
      sizeBytes,
      sha256: hash.digest('hex'),
      head: Buffer.concat(head),
    }
  } finally {
    await file.close()
    if (!isKept) await rm(path, { force: true })
  }
}

/** `keepFile`: from now on it is there under its name. */
export async function keepFile(
  path: string,
  dataDir: string,
  kind: FileKind,
  name: string,
): Promise<void> {
  await rename(path, fileAt(dataDir, kind, name))
}

export const dropFile = (path: string): Promise<void> => rm(path, { force: true })

/** `sizeOf`: null when it is not there. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch {
    return null
  }
}

/**
 * `dropStrangers`: what lies in the folder since before `beforeMs` under a name that is not known: parts of transfers
 * that broke with their process, and files whose rows were deleted.
 */
export async function dropStrangers(
  dataDir: string,
  kind: FileKind,
  { known, beforeMs }: { known: ReadonlySet<string>; beforeMs: number },
): Promise<void> {
  const folder = folderOf(dataDir, kind)
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((one) => !known.has(one))) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }))
    if (mtimeMs < beforeMs) await dropFile(path)
  }
}
