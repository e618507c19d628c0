'use client'

import { useEffect, useState } from 'react'

import { reasonSentence, targetStates, type TargetState } from '@/domain/firmware'
import type { TargetRow } from '@/panel/firmwarePages'

import { useLive } from '../live/LiveContext'
import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { TargetStep } from './Pills'

type Props = { campaignId: number; targets: TargetRow[]; version: string; isHalted: boolean }

/** Each charger of an update with its bar, moving as it moves. */
export function TargetTable({ campaignId, targets, version, isHalted }: Props) {
  const rows = useTargets(campaignId, targets)
  return (
    <table className="cpms-table cpms-updates">
      <thead>
        <tr>
          <th>Charger</th>
          <th>Wave</th>
          <th>Update</th>
          <th>Version now</th>
          <th>Since</th>
          <th>What happened</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr data-charger={row.chargerId} data-state={row.state} key={row.chargerId}>
            <td data-label="Charger">
              <span className="cpms-list-text">
                <GoTo to={`/admin/collections/chargers/${row.chargerId}/firmware`}>{row.name}</GoTo>
                <span className="cpms-muted">{row.siteName}</span>
              </span>
            </td>
            <td data-label="Wave">
              <span>{row.wave}</span>
            </td>
            <td data-label="Update">
              <TargetStep percent={row.percent} state={row.state} />
            </td>
            <td data-label="Version now">
              <Versions row={row} />
            </td>
            <td data-label="Since">
              <Ago at={row.updatedAt} timezone={row.timezone} />
            </td>
            <td data-label="What happened">
              <span className="cpms-reason">{happened(row, version, isHalted)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Versions({ row }: { row: Pick<TargetRow, 'currentVersion' | 'previousVersion'> }) {
  const { currentVersion, previousVersion } = row
  const isOther = previousVersion !== null && currentVersion !== previousVersion
  return (
    <span className="cpms-list-text">
      <span className="cpms-mono">{currentVersion ?? 'not told'}</span>
      {isOther && <span className="cpms-muted">before: {previousVersion}</span>}
    </span>
  )
}

/** What a row says in words: why it failed and what to do; why it waits. */
export function happened(row: TargetRow, version: string, isHalted: boolean): string {
  if (row.reason) {
    const said = reasonSentence(row.reason, {
      charger: row.name,
      version,
      seenVersion: row.seenVersion,
    })
    const isAnswer = row.reason === 'refused' || row.reason === 'charger-error'
    return isAnswer && row.outcome ? row.outcome : said
  }
  if (row.state === 'installed') return `Reports ${row.seenVersion ?? version}.`
  if (row.state !== 'waiting') return ''
  if (isHalted) return 'Held back: nothing was sent.'
  return row.isConnected
    ? 'Its turn comes with its wave and its hours.'
    : 'Not connected. It is asked as soon as it is back.'
}

/** The rows as read, moved on by what is heard until they are read again. */
function useTargets(campaignId: number, targets: TargetRow[]): TargetRow[] {
  const [rows, setRows] = useState(targets)
  useEffect(() => setRows(targets), [targets])
  useLive({
    onEvent({ kind, body, chargerId, at }) {
      if (kind !== 'firmware.changed' || body.campaignId !== campaignId || chargerId === null)
        return
      const state = body.state
      if (!isTargetState(state)) return
      setRows((before) =>
        before.map((row) =>
          row.chargerId === chargerId
            ? {
                ...row,
                state,
                reason: typeof body.reason === 'string' ? body.reason : null,
                percent: typeof body.percent === 'number' ? body.percent : row.percent,
                updatedAt: at,
              }
            : row,
        ),
      )
    },
  })
  return rows
}

const isTargetState = (value: unknown): value is TargetState =>
  (targetStates as readonly unknown[]).includes(value)
