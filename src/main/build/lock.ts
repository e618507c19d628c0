import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

import { sleep } from '@/platform/clock'

import { isAlive } from '../postgres/probe'
import { systemCode } from '../problem'
import { say } from '../say'

/** Runs `work` while no other start of this clone builds; a lock whose process is gone is taken over. */
export async function oneAtATime(
  file: string,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  for (let isTold = false; !take(file); await sleep(500, signal)) {
    signal.throwIfAborted()
    if (!isTold) say('Another start is building; waiting for it …')
    isTold = true
  }
  try {
    await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    const handle = openSync(file, 'wx')
    writeFileSync(handle, String(process.pid))
    closeSync(handle)
    return true
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
    const holder = holderOf(file)
    if (holder > 0 && holder !== process.pid && isAlive(holder)) return false
    rmSync(file, { force: true })
    return take(file)
  }
}

function holderOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}
