'use client'

import type { ChargerBoard } from '@/panel/chargerPage'

import { Ago } from '../ui/Ago'

/** To the side: what this charger is, as it told us at its last boot. */
export function WhatItIs({ board }: { board: ChargerBoard }) {
  const { state, connection, timezone } = board
  const facts: [string, React.ReactNode][] = [
    ['Vendor', state.vendor],
    ['Model', state.model],
    ['Firmware', state.firmwareVersion],
    ['Serial number', state.chargePointSerialNumber ?? board.serialNumber],
    ['Charge box', state.chargeBoxSerialNumber],
    ['Meter', [state.meterType, state.meterSerialNumber].filter(Boolean).join(' · ')],
    ['SIM (ICCID)', state.iccid],
    ['Last boot', state.bootedAt && <Ago at={state.bootedAt} timezone={timezone} />],
    ['Connected since', state.connected && <Ago at={state.connectedAt} timezone={timezone} />],
    ['Address', connection?.remoteAddress],
    ['Protocol', connection?.protocol?.replace(/^ocpp/, 'OCPP ')],
    ['Mode', board.visibility === 'public' ? 'Public' : 'Private Mode'],
    ['Time zone', timezone],
  ]
  return (
    <aside className="cpms-card">
      <h2>What it is</h2>
      <dl className="cpms-facts">
        {facts
          .filter(([, value]) => Boolean(value))
          .map(([word, value]) => (
            <FactRow key={word} value={value} word={word} />
          ))}
      </dl>
      {!state.vendor && <p className="cpms-muted">It tells us at its first boot.</p>}
    </aside>
  )
}

export function FactRow({ word, value }: { word: string; value: React.ReactNode }) {
  return (
    <>
      <dt>{word}</dt>
      <dd>{value}</dd>
    </>
  )
}
