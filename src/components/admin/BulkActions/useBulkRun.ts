'use client'

import { useEffect, useRef, useState } from 'react'

import type { BulkCharger } from '@/panel/bulkTargets'

import { runCommand } from '../commands/runCommand'
import type { Wish } from '../commands/send'

export type Progress = {
  charger: BulkCharger
  state: 'waiting' | 'asked' | 'done' | 'failed' | 'left'
  /** The step it is in, or what came of it. */
  word: string
}

/** So many chargers are asked at once: enough to be quick, few enough that others' commands get through. */
const atOnce = 8
const good = new Set(['accepted', 'effective'])

/** Sends one wish to many chargers, each through the same door as a single one, and follows each to its end. */
export function useBulkRun(wish: Wish) {
  const [rows, setRows] = useState<Progress[]>([])
  const [isRunning, setRunning] = useState(false)
  const isStopped = useRef(false)
  useEffect(
    () => () => {
      isStopped.current = true
    },
    [],
  )

  const set = (id: number, change: Partial<Progress>) =>
    setRows((before) => before.map((row) => (row.charger.id === id ? { ...row, ...change } : row)))

  async function run(chargers: readonly BulkCharger[]): Promise<void> {
    isStopped.current = false
    setRunning(true)
    setRows((before) => {
      const again = new Set(chargers.map(({ id }) => id))
      const kept = before.filter(({ charger }) => !again.has(charger.id))
      const fresh = chargers.map((charger): Progress => ({
        charger,
        state: 'waiting',
        word: 'Waiting its turn',
      }))
      return [...kept, ...fresh]
    })
    const left = [...chargers]
    const worker = async () => {
      for (let next = left.shift(); next; next = left.shift()) {
        if (isStopped.current) set(next.id, { state: 'left', word: 'Not sent' })
        else await one(next)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    setRunning(false)
  }

  async function one(charger: BulkCharger): Promise<void> {
    const { id } = charger
    set(id, { state: 'asked', word: 'Asking' })
    const end = await runCommand(id, wish, (status) => set(id, { word: words[status] ?? status }))
    const isGood = good.has(end.status)
    set(id, {
      state: isGood ? 'done' : 'failed',
      word: end.outcome || words[end.status] || end.status,
    })
  }

  return {
    rows,
    isRunning,
    run,
    stop: () => {
      isStopped.current = true
    },
  }
}

const words: Readonly<Record<string, string>> = {
  queued: 'Queued',
  sent: 'Sent',
  accepted: 'Accepted, waiting for it to happen',
  effective: 'Done',
  rejected: 'Refused by the charger',
  failed: 'Failed',
  timeout: 'No answer',
}
