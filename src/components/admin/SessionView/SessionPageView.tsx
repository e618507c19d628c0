'use client'

import { toast } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

import type { SessionDetail, SessionPage } from '@/panel/sessionPage'

import { Measure } from '../ChargerLive/ConnectorCard'
import { FactRow } from '../ChargerLive/WhatItIs'
import { useSend } from '../commands/useChargerActions'
import { useLive, useReread } from '../live/LiveContext'
import { Since } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { HelpNote } from '../ui/HelpNote'
import { Icon } from '../ui/Icon'
import { money } from '../ui/money'
import { PowerCurve } from '../ui/PowerCurve'
import { StatusPill } from '../ui/StatusPill'
import { duration, exactly, kW, kWh } from '../ui/words'
import { Corrections } from './Corrections'
import { CostTable, finalMinor, finalWh } from './CostTable'
import { ReviewNote } from './ReviewNote'
import { WhyItEnded } from './WhyItEnded'

export function SessionPageView({ page }: { page: SessionPage }) {
  const session = useSession(page.session)
  const send = useSend(session.chargerId)
  const isRunning = session.stoppedAt === null
  async function stop(): Promise<void> {
    const problem = await send({
      action: 'RemoteStopTransaction',
      payload: { transactionId: session.transactionId },
    })
    if (problem) toast.error(problem)
    else
      toast.info(
        `Stop sent to ${session.chargerName}. This page follows when the charge has ended.`,
      )
  }
  return (
    <div className="cpms-split">
      <div className="cpms-page">
        <ReviewNote page={page} session={session} />
        <section className="cpms-card">
          <div className="cpms-card-head">
            <h2>{isRunning ? 'Charging now' : 'Energy'}</h2>
            {isRunning ? <StatusPill isLive status={session.connectorStatus} /> : null}
          </div>
          <div className="cpms-measures">
            <Measure unit="kWh" value={kWh(finalWh(session))} word="Energy" />
            {isRunning && <Measure unit="kW" value={kW(session.powerW)} word="Power now" />}
            <Measure
              value={
                isRunning ? <Since at={session.startedAt} /> : duration(session.durationSeconds)
              }
              word={isRunning ? 'Charging for' : 'Duration'}
            />
            <Measure
              value={money(finalMinor(session), session.currency)}
              word={isRunning ? 'Cost so far' : 'Cost'}
            />
            {session.socPercent !== null && (
              <Measure unit="%" value={session.socPercent} word="Battery" />
            )}
          </div>
          <PowerCurve
            none={isRunning ? undefined : 'No meter readings came in between.'}
            curve={session.curve}
            height={150}
            label="Power of this charge"
            timezone={session.timezone}
          />
          {isRunning && page.mayStop && (
            <div>
              <button className="cpms-button" onClick={() => void stop()} type="button">
                <Icon name="stop" /> Stop
              </button>
            </div>
          )}
        </section>
        <WhyItEnded session={session} />
        <CostTable session={session} />
        <Corrections mayCorrect={page.mayCorrect} session={session} />
      </div>
      <Facts page={page} session={session} />
    </div>
  )
}

function Facts({ page, session }: { page: SessionPage; session: SessionDetail }) {
  const at = (instant: string | null) =>
    instant ? exactly(new Date(instant), session.timezone) : '–'
  return (
    <aside className="cpms-card">
      <h2>
        Session {session.transactionId}{' '}
        <HelpNote about="kWh">
          kWh stands for kilowatt-hour: how much electricity was used during a charging session. 10
          kWh might give an EV 50–60 km of driving range, depending on the car.
        </HelpNote>
      </h2>
      <dl className="cpms-facts">
        <FactRow
          value={
            <>
              <GoTo to={`/admin/collections/chargers/${session.chargerId}`}>
                {session.chargerName}
              </GoTo>
              {session.connectorNumber !== null && `, connector ${session.connectorNumber}`}
            </>
          }
          word="Charger"
        />
        <FactRow value={session.siteName} word="Site" />
        {session.who && <FactRow value={session.who} word="Who" />}
        {session.idTag && (
          <FactRow value={<span className="cpms-mono">{session.idTag}</span>} word="Card" />
        )}
        <FactRow value={at(session.startedAt)} word="Started" />
        <FactRow
          value={session.stoppedAt ? at(session.stoppedAt) : 'Still charging'}
          word="Stopped"
        />
        <FactRow value={meter(session.meterStartWh)} word="Meter at start" />
        {session.meterStopWh !== null && (
          <FactRow value={meter(session.meterStopWh)} word="Meter at stop" />
        )}
        {session.tariffName && <FactRow value={session.tariffName} word="Tariff" />}
        {session.deviceStartedAt && (
          <FactRow
            value={<span className="cpms-mono">{session.deviceStartedAt}</span>}
            word="Start by its clock"
          />
        )}
      </dl>
      {page.seesFrames && <GoTo to={framesOf(session)}>The OCPP messages behind it</GoTo>}
    </aside>
  )
}

const meter = (wh: number | null) => (wh === null ? '–' : `${kWh(wh)} kWh`)

function framesOf({ chargerId, startedAt, stoppedAt }: SessionDetail): string {
  const from = new Date(new Date(startedAt).getTime() - 60_000).toISOString()
  const query = new URLSearchParams({ from })
  if (stoppedAt) query.set('to', new Date(new Date(stoppedAt).getTime() + 60_000).toISOString())
  return `/admin/collections/chargers/${chargerId}/ocpp-log?${query}`
}

function useSession(read: SessionDetail): SessionDetail {
  const [session, setSession] = useState(read)
  const reread = useReread()
  useEffect(() => setSession(read), [read])
  useLive({
    onReturn: reread,
    onEvent(event) {
      if (event.sessionId === read.id) reread()
      const { connectorId, status } = event.kind === 'connector.status' ? event.body : {}
      if (
        event.chargerId === read.chargerId &&
        connectorId === read.connectorNumber &&
        typeof status === 'string'
      ) {
        setSession((before) => ({ ...before, connectorStatus: status }))
      }
    },
    onTicks(ticks) {
      const tick = ticks.findLast((one) => one.session === read.id)
      if (!tick) return
      setSession((before) => ({
        ...before,
        energyWh: Math.max(before.energyWh ?? 0, tick.wh),
        powerW: tick.w ?? before.powerW,
        socPercent: tick.soc ?? before.socPercent,
        costMinor: tick.costMinor ?? before.costMinor,
        curve:
          tick.w === null
            ? before.curve
            : [...(before.curve ?? []), [new Date(tick.at).getTime(), tick.w, null]],
      }))
    },
  })
  return session
}
