/** Copies of folders that somebody is writing to meanwhile. */
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { copyFile, lstat, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { systemCode } from '../problem'

/**
 * Copies the files below `from` whose path (relative, `/` between) `isWanted`; a folder that is not wanted is still
 * made, empty. What vanishes under way was temporary. Answers with the bytes copied.
 */
export async function copyTree(
  from: string,
  to: string,
  isWanted: (path: string) => boolean,
  below = '',
): Promise<number> {
  await mkdir(join(to, below), { recursive: true, mode: 0o700 })
  let bytes = 0
  for (const entry of await readdir(join(from, below), { withFileTypes: true })) {
    const path = below ? `${below}/${entry.name}` : entry.name
    if (entry.isDirectory()) {
      if (isWanted(path)) bytes += await copyTree(from, to, isWanted, path)
      else await mkdir(join(to, path), { recursive: true, mode: 0o700 })
    } else if (entry.isFile() && isWanted(path)) {
      bytes += await copyOne(join(from, path), join(to, path))
    }
  }
  return bytes
}

async function copyOne(from: string, to: string): Promise<number> {
  try {
    await copyFile(from, to)
    return (await lstat(to)).size
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0
    throw error
  }
}

/** Everything below `path` belongs to this user alone. */
export function giveTo(user: { uid: number; gid: number } | null, path: string): void {
  const isFolder = lstatSync(path).isDirectory()
  chmodSync(path, isFolder ? 0o700 : 0o600)
  if (user) chownSync(path, user.uid, user.gid)
  if (isFolder) for (const name of readdirSync(path)) giveTo(user, join(path, name))
}

/** A folder that exists, or is made, and is empty. */
export function makeEmpty(path: string): boolean {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  return readdirSync(path).length === 0
}
