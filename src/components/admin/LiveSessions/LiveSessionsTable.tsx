'use client'

import { toast } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

import type { LiveSessionRow, LiveSessionsBoard } from '@/panel/liveSessions'

import { useSend } from '../commands/useChargerActions'
import type { MeterTick } from '../live/connection'
import { useLive, useReread } from '../live/LiveContext'
import { Since } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { money } from '../ui/money'
import { StatusPill } from '../ui/StatusPill'
import { kW, kWh, kWhShort, whole } from '../ui/words'

export function LiveSessionsTable({ board }: { board: LiveSessionsBoard }) {
  const rows = useRows(board)

  const powerW = rows.reduce((sum, row) => sum + (row.powerW ?? 0), 0)
  const energyWh = rows.reduce((sum, row) => sum + (row.energyWh ?? 0), 0)
  const seesPeople = rows.some((row) => row.who)
  if (rows.length === 0) {
    return (
      <div className="cpms-empty">
        <h2>Nobody is charging at the moment</h2>
        <p>
          A session appears here as soon as a charger reports its start. To begin one from here,
          open a charger and choose <strong>Actions, Start</strong>.
        </p>
        <GoTo className="cpms-button" to="/admin/collections/chargers">
          Chargers
        </GoTo>
      </div>
    )
  }
  return (
    <>
      <div className="cpms-measures">
        <Total
          unit={rows.length === 1 ? 'session' : 'sessions'}
          value={whole(Math.max(board.total, rows.length))}
        />
        <Total unit="kW now" value={kW(powerW)} />
        <Total unit="kWh so far" value={kWhShort(energyWh)} />
      </div>
      <table className="cpms-table cpms-cards">
        <thead>
          <tr>
            <th>Charger</th>
            <th>Status</th>
            {seesPeople && <th>Who</th>}
            <th className="cpms-num">Power, kW</th>
            <th className="cpms-num">Energy, kWh</th>
            <th className="cpms-num">Time</th>
            <th className="cpms-num">Cost so far</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <SessionRow key={row.id} mayStop={board.mayStop} row={row} seesPeople={seesPeople} />
          ))}
        </tbody>
      </table>
      {board.total > rows.length && (
        <p className="cpms-muted">
          The newest {rows.length} of {whole(board.total)}.
        </p>
      )}
    </>
  )
}

function Total({ value, unit }: { value: string; unit: string }) {
  return (
    <div className="cpms-measure">
      <b>
        {value} <small>{unit}</small>
      </b>
    </div>
  )
}

function SessionRow({
  row,
  mayStop,
  seesPeople,
}: {
  row: LiveSessionRow
  mayStop: boolean
  seesPeople: boolean
}) {
  const [isAsked, setAsked] = useState(false)
  const send = useSend(row.chargerId)
  async function stop(): Promise<void> {
    setAsked(true)
    const problem = await send({
      action: 'RemoteStopTransaction',
      payload: { transactionId: row.transactionId },
    })
    if (problem) {
      setAsked(false)
      toast.error(problem)
    } else {
      toast.info(`Stop sent to ${row.chargerName}. The row goes when the charge has ended.`)
      setTimeout(() => setAsked(false), 20_000)
    }
  }
  return (
    <tr data-session={row.id}>
      <td data-part="name">
        <span className="cpms-list-text">
          <GoTo to={`/admin/collections/chargers/${row.chargerId}`}>{row.chargerName}</GoTo>
          <span className="cpms-muted">
            {row.siteName}
            {row.connectorNumber !== null && ` · connector ${row.connectorNumber}`}
          </span>
        </span>
      </td>
      <td data-part="status">
        <StatusPill isLive status={row.connected ? row.connectorStatus : 'Offline'} />
      </td>
      {seesPeople && (
        <td data-part="who">
          <span>{row.who ?? '–'}</span>
        </td>
      )}
      <td className="cpms-num" data-label="kW" data-part="figure">
        <span>{kW(row.powerW)}</span>
      </td>
      <td className="cpms-num" data-label="kWh" data-part="figure">
        <GoTo to={`/admin/collections/sessions/${row.id}`}>{kWh(row.energyWh)}</GoTo>
      </td>
      <td className="cpms-num" data-label="time" data-part="figure">
        <span>
          <Since at={row.startedAt} />
        </span>
      </td>
      <td className="cpms-num" data-label="so far" data-part="figure">
        <span>{money(row.costMinor, row.currency)}</span>
      </td>
      <td className="cpms-num" data-part="button">
        {mayStop && (
          <button
            className="cpms-button"
            disabled={isAsked}
            onClick={() => void stop()}
            type="button"
          >
            <Icon name="stop" /> {isAsked ? 'Stopping…' : 'Stop'}
          </button>
        )}
      </td>
    </tr>
  )
}

/** The rows as read, moved on by what is heard; starts and ends bring rows no event carries, so they are read again. */
function useRows(board: LiveSessionsBoard): LiveSessionRow[] {
  const [rows, setRows] = useState(board.rows)
  const reread = useReread()
  useEffect(() => setRows(board.rows), [board])
  useLive({
    onReturn: reread,
    onTicks: (ticks) => setRows((before) => before.map((row) => moved(row, ticks))),
    onEvent(event) {
      if (event.kind === 'session.ended') {
        setRows((before) => before.filter((row) => row.id !== event.sessionId))
      }
      if (['session.started', 'session.ended'].includes(event.kind)) reread()
      if (event.kind === 'connector.status') {
        const { connectorId, status } = event.body
        if (typeof status !== 'string') return
        setRows((before) =>
          before.map((row) =>
            row.chargerId === event.chargerId && row.connectorNumber === connectorId
              ? { ...row, connectorStatus: status }
              : row,
          ),
        )
      }
      if (event.kind === 'charger.connected' || event.kind === 'charger.disconnected') {
        const connected = event.kind === 'charger.connected'
        setRows((before) =>
          before.map((row) => (row.chargerId === event.chargerId ? { ...row, connected } : row)),
        )
      }
    },
  })
  return rows
}

function moved(row: LiveSessionRow, ticks: readonly MeterTick[]): LiveSessionRow {
  const tick = ticks.findLast((one) => one.session === row.id)
  if (!tick) return row
  return {
    ...row,
    energyWh: Math.max(row.energyWh ?? 0, tick.wh),
    powerW: tick.w ?? row.powerW,
    socPercent: tick.soc ?? row.socPercent,
    costMinor: tick.costMinor ?? row.costMinor,
    currency: tick.currency ?? row.currency,
    lastSampleAt: tick.at,
  }
}
