'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { runCommand } from '../commands/runCommand'

export type Doing = { what: string; isBad?: boolean } | null

export type Change = { key: string; value: string }

/** Reading and changing settings: each change is sent, its answer awaited, and the setting read again. */
export function useConfiguring(chargerId: number) {
  const router = useRouter()
  const [doing, setDoing] = useState<Doing>(null)
  const [isBusy, setBusy] = useState(false)

  async function read(keys: string[] = []): Promise<boolean> {
    const payload = keys.length > 0 ? { key: keys } : {}
    setDoing({ what: 'Asking the charger…' })
    const end = await runCommand(chargerId, { action: 'GetConfiguration', payload })
    if (end.status !== 'accepted' && end.status !== 'effective') {
      setDoing({ what: end.outcome || 'The charger did not answer.', isBad: true })
      return false
    }
    router.refresh()
    return true
  }

  async function readAll(): Promise<void> {
    setBusy(true)
    if (await read()) setDoing(null)
    setBusy(false)
  }

  /** Null when the charger took it, else why not. */
  async function change(changes: readonly Change[]): Promise<string | null> {
    setBusy(true)
    const refused: string[] = []
    let needsRestart = false
    for (const [i, { key, value }] of changes.entries()) {
      setDoing({
        what: `Setting ${key}${changes.length > 1 ? ` (${i + 1} of ${changes.length})` : ''}…`,
      })
      const end = await runCommand(chargerId, {
        action: 'ChangeConfiguration',
        payload: { key, value },
      })
      if (end.response?.status === 'RebootRequired') needsRestart = true
      else if (end.status !== 'accepted' && end.status !== 'effective')
        refused.push(`${key}: ${end.outcome || 'refused'}`)
    }
    const wasRead = await read(changes.map(({ key }) => key))
    setBusy(false)
    if (refused.length > 0) {
      setDoing(null)
      return refused.join(' · ')
    }
    if (needsRestart) setDoing({ what: 'Taken. It holds after the next restart of the charger.' })
    else if (wasRead)
      setDoing({ what: changes.length === 1 ? 'Set, and read back.' : 'All set, and read back.' })
    return null
  }

  return { doing, isBusy, readAll, change }
}
