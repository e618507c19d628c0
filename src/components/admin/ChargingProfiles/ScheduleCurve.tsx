'use client'

import { useState } from 'react'

import type { CompositeSchedule } from '@/domain/chargingProfile'
import type { ChargerBoard } from '@/panel/chargerPage'

import { nameOf, useSend } from '../commands/useChargerActions'
import { CurveFrame, curveWidth } from '../ui/CurveFrame'
import { clock, dayAndTime } from '../ui/words'
import { limitWords } from './words'

const height = 96

/** What all profiles together allow over the next day, as the charger reckons it (GetCompositeSchedule). */
export function ScheduleCurve({
  board,
  schedule,
  readAt,
  mayAsk,
}: {
  board: ChargerBoard
  schedule: CompositeSchedule | null
  readAt: string | null
  mayAsk: boolean
}) {
  const send = useSend(board.id)
  const [connector, setConnector] = useState(board.connectors[0]?.number ?? 0)
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <section aria-label="Schedule of the charger" className="cpms-card">
      <div className="cpms-card-head">
        <h2>What the charger makes of it</h2>
        {mayAsk && (
          <div className="cpms-row">
            <select
              aria-label="Connector"
              className="cpms-input"
              onChange={(event) => setConnector(Number(event.target.value))}
              value={connector}
            >
              <option value={0}>Whole charger</option>
              {board.connectors.map((one) => (
                <option key={one.id} value={one.number}>
                  {nameOf(one)}
                </option>
              ))}
            </select>
            <button
              className="cpms-button"
              onClick={() =>
                void send({
                  action: 'GetCompositeSchedule',
                  payload: { connectorId: connector, duration: 86_400, chargingRateUnit: 'W' },
                }).then(setProblem)
              }
              type="button"
            >
              Ask it now
            </button>
          </div>
        )}
      </div>
      {problem && (
        <p className="cpms-problem" role="alert">
          {problem}
        </p>
      )}
      {schedule ? (
        <Steps readAt={readAt} schedule={schedule} timezone={board.timezone} />
      ) : (
        <p className="cpms-muted">
          It was not asked yet, or does not know this question. Its answer is drawn here.
        </p>
      )}
    </section>
  )
}

function Steps({
  schedule,
  readAt,
  timezone,
}: {
  schedule: CompositeSchedule
  readAt: string | null
  timezone: string
}) {
  const { steps, untilMs, unit } = schedule
  const from = steps[0]!.fromMs
  const highest = Math.max(...steps.map((step) => step.limit), 1)
  const x = (at: number) => ((at - from) / Math.max(1, untilMs - from)) * curveWidth
  const y = (limit: number) => height - 2 - (limit / highest) * (height - 8)
  const line = steps
    .map((step, i) => {
      const end = steps[i + 1]?.fromMs ?? untilMs
      return `${i === 0 ? 'M' : 'L'}${x(step.fromMs).toFixed(1)} ${y(step.limit).toFixed(1)}L${x(end).toFixed(1)} ${y(step.limit).toFixed(1)}`
    })
    .join('')
  const time = (at: number) => clock(new Date(at), timezone).slice(0, 5)
  const words = steps.map((step) => `from ${time(step.fromMs)} ${limitWords(step.limit, unit)}`)
  return (
    <>
      <CurveFrame
        axis={[time(from), `at most ${limitWords(highest, unit)}`, time(untilMs)]}
        height={height}
        line={line}
        words={`Allowed power: ${words.join(', ')}`}
      />
      <p className="cpms-muted">
        {schedule.connectorNumber === 0 ? 'Whole charger' : `Connector ${schedule.connectorNumber}`}
        : {words.join(', ')}. {readAt && <>Asked {dayAndTime(new Date(readAt), timezone)}.</>}
      </p>
    </>
  )
}
