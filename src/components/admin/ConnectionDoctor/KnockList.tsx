'use client'

import { useEffect, useState } from 'react'

import type { Knocks, KnocksBoard } from '@/panel/knocks'

import { GoTo } from '../ui/GoTo'
import { KnockCard } from './KnockCard'

const everyMs = 5_000

export function KnockList({ board: read }: { board: KnocksBoard }) {
  const board = useKnocks(read)
  const [withSolved, setWithSolved] = useState(false)
  const solved = board.knocks.filter(isSolved)
  const open = board.knocks.filter((one) => !isSolved(one))
  const shown = withSolved ? board.knocks : open
  return (
    <>
      {open.length === 0 && (
        <div className="cpms-empty">
          <h2>Nobody is kept out</h2>
          <p>
            A charger that cannot connect appears here within seconds of its try, with the reason.
            {solved.length > 0 && ' Those that got in meanwhile are not listed.'}
          </p>
          <GoTo className="cpms-button" data-kind="primary" to="/admin/add-charger">
            Add a charger
          </GoTo>
        </div>
      )}
      {!board.seesStrangers && (
        <p className="cpms-muted">
          You see the chargers of your sites. One that nobody registered is seen by a Super Admin.
        </p>
      )}
      {shown.map((one) => (
        <KnockCard board={board} key={one.identity ?? ''} knocks={one} />
      ))}
      {solved.length > 0 && (
        <label className="cpms-check">
          <input
            checked={withSolved}
            onChange={(event) => setWithSolved(event.target.checked)}
            type="checkbox"
          />
          Also those that got in meanwhile ({solved.length})
        </label>
      )}
    </>
  )
}

/** It has connected since it was last refused. */
export function isSolved({ charger, lastAt }: Knocks): boolean {
  return Boolean(
    charger?.connected && charger.connectedAt && new Date(charger.connectedAt) > new Date(lastAt),
  )
}

/** Read again every few seconds while somebody looks: refusals are no events of the live channel. */
function useKnocks(read: KnocksBoard): KnocksBoard {
  const [board, setBoard] = useState(read)
  useEffect(() => setBoard(read), [read])
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return
      fetch('/api/knocks', { credentials: 'include' })
        .then(async (response) => {
          if (response.ok) setBoard((await response.json()) as KnocksBoard)
        })
        .catch(() => {
          // the bar at the foot says when the server is away
        })
    }, everyMs)
    return () => clearInterval(timer)
  }, [])
  return board
}
