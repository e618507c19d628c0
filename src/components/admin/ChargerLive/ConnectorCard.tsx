'use client'

import { toast } from '@payloadcms/ui'

import { statusLook } from '@/domain/connector'
import { faultOf } from '@/domain/faults'
import type { AllowedHere, ChargerBoard, ConnectorBoard } from '@/panel/chargerPage'

import { nameOf, useSend } from '../commands/useChargerActions'
import { useReread } from '../live/LiveContext'
import { Ago, Since } from '../ui/Ago'
import { FaultNote } from '../ui/FaultNote'
import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { money } from '../ui/money'
import { PowerCurve } from '../ui/PowerCurve'
import { StatusPill } from '../ui/StatusPill'
import { save } from '../ui/save'
import { clock, kW, kWh, sayPlug } from '../ui/words'

type Props = { board: ChargerBoard; connector: ConnectorBoard; allowed: AllowedHere }

/** One connector: what it does and since when; while it charges, the charge itself, moving. */
export function ConnectorCard({ board, connector, allowed }: Props) {
  const { session } = connector
  const isKnown = board.state.connected
  return (
    <section
      aria-label={nameOf(connector)}
      className="cpms-card"
      data-connector={connector.number}
      data-stale={!isKnown}
    >
      <div className="cpms-card-head">
        <h2>
          {nameOf(connector)}{' '}
          <span className="cpms-muted">
            {[
              sayPlug(connector.standard),
              connector.maxPowerW ? `${kW(connector.maxPowerW)} kW` : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </h2>
        <StatusPill isLive status={connector.status} />
      </div>
      <p className="cpms-muted">
        {isKnown
          ? !faultOf(connector) && statusLook(connector.status).sentence
          : 'What it said before the connection was lost.'}{' '}
        {connector.statusSince && (
          <>
            Since <Ago at={connector.statusSince} timezone={board.timezone} />.
          </>
        )}
      </p>
      {connector.reservation && (
        <Reserved allowed={allowed} board={board} reservation={connector.reservation} />
      )}
      <FaultNote report={connector} />
      {session && <Charge allowed={allowed} board={board} session={session} />}
      {connector.code && !session && (
        <p className="cpms-muted">
          Code on the label: <span className="cpms-mono">{connector.code}</span>
        </p>
      )}
    </section>
  )
}

type ReservedProps = {
  board: ChargerBoard
  reservation: NonNullable<ConnectorBoard['reservation']>
  allowed: AllowedHere
}

function Reserved({ board, reservation, allowed }: ReservedProps) {
  const reread = useReread()
  async function cancel(): Promise<void> {
    const saved = await save('POST', `/api/reservations/${reservation.id}/cancel`, {})
    if (saved.kind === 'refused') toast.error(saved.why)
    else reread()
  }
  return (
    <div className="cpms-card-head">
      <span>
        <Icon name="card" /> Reserved for <b>{reservation.who ?? 'somebody'}</b> until{' '}
        {clock(new Date(reservation.until), board.timezone).slice(0, 5)}
      </span>
      {allowed.reserve && (
        <button
          className="cpms-button"
          disabled={reservation.isCancelling}
          onClick={() => void cancel()}
          type="button"
        >
          {reservation.isCancelling ? 'Cancelling…' : 'Cancel the reservation'}
        </button>
      )}
    </div>
  )
}

type ChargeProps = {
  board: ChargerBoard
  session: NonNullable<ConnectorBoard['session']>
  allowed: AllowedHere
}

function Charge({ board, session, allowed }: ChargeProps) {
  const send = useSend(board.id)
  async function stop(): Promise<void> {
    const problem = await send({
      action: 'RemoteStopTransaction',
      payload: { transactionId: session.transactionId },
    })
    if (problem) toast.error(problem)
  }
  return (
    <>
      <div className="cpms-measures">
        <Measure unit="kWh" value={kWh(session.energyWh)} word="Energy" />
        <Measure unit="kW" value={kW(session.powerW)} word="Power now" />
        <Measure value={<Since at={session.startedAt} />} word="Charging for" />
        <Measure value={money(session.costMinor, session.currency)} word="Cost so far" />
        {session.socPercent !== null && (
          <Measure unit="%" value={session.socPercent} word="Battery" />
        )}
      </div>
      <PowerCurve curve={session.curve} label="Power of this charge" timezone={board.timezone} />
      <div className="cpms-card-head">
        <span>
          {session.who && (
            <>
              <Icon name="card" /> {session.who} ·{' '}
            </>
          )}
          <GoTo to={`/admin/collections/sessions/${session.id}`}>
            Session {session.transactionId}
          </GoTo>
        </span>
        {allowed.stop && (
          <button className="cpms-button" onClick={() => void stop()} type="button">
            <Icon name="stop" /> Stop
          </button>
        )}
      </div>
    </>
  )
}

export function Measure({
  value,
  unit,
  word,
}: {
  value: React.ReactNode
  unit?: string
  word: string
}) {
  return (
    <div className="cpms-measure">
      <b>
        {value}
        {unit && <small>{unit}</small>}
      </b>
      <span>{word}</span>
    </div>
  )
}
