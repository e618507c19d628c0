'use client'

import { useState } from 'react'

import type { BulkCharger } from '@/panel/bulkTargets'

import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { StatusPill } from '../ui/StatusPill'
import { count, splitFor, type Plan } from './plans'
import { useBulkRun, type Progress } from './useBulkRun'

const namedMost = 6

type Props = { plan: Plan; chargers: readonly BulkCharger[]; onClose: () => void }

/** First whom it touches, then the outcome of each, line by line. */
export function BulkDialog({ plan, chargers, onClose }: Props) {
  const { rows, isRunning, run, stop } = useBulkRun(plan.wish)
  const split = splitFor(plan, chargers)
  const title = `${plan.label} of ${count(split.able.length, 'charger', 'chargers')}`
  return (
    <Dialog onClose={onClose} title={rows.length === 0 ? `${title}?` : title}>
      {rows.length === 0 ? (
        <Question
          onCancel={onClose}
          onConfirm={() => void run(split.able)}
          plan={plan}
          split={split}
        />
      ) : (
        <Outcomes
          isRunning={isRunning}
          onAgain={() => void run(rows.filter(isToRepeat).map(({ charger }) => charger))}
          onClose={onClose}
          onStop={stop}
          rows={rows}
        />
      )}
    </Dialog>
  )
}

const isToRepeat = ({ state }: Progress) => state === 'failed' || state === 'left'

type QuestionProps = {
  plan: Plan
  split: ReturnType<typeof splitFor>
  onConfirm: () => void
  onCancel: () => void
}

function Question({ plan, split, onConfirm, onCancel }: QuestionProps) {
  const { able, barred, offline, people } = split
  const [isSure, setSure] = useState(false)
  const isGrave = plan.charges === 'end' && people > 0
  const names = able.slice(0, namedMost).map(({ name }) => name)
  return (
    <>
      <p>{plan.about}</p>
      <p>
        {names.join(', ')}
        {able.length > names.length && ` and ${able.length - names.length} more`}
      </p>
      {people > 0 && plan.charges && (
        <p className={plan.charges === 'go on' ? 'cpms-note' : 'cpms-problem'}>
          {count(people, 'person is', 'people are')} charging there now:{' '}
          {people === 1 ? 'the charge' : 'their charges'}{' '}
          {plan.charges === 'go on'
            ? `${people === 1 ? 'goes' : 'go'} on; the lock follows when ${people === 1 ? 'it has' : 'they have'} ended.`
            : plan.charges === 'end'
              ? `will end at once.`
              : `will usually end.`}
        </p>
      )}
      {offline > 0 && (
        <p className="cpms-note">
          {count(offline, 'is', 'are')} offline: we wait 30 seconds for each; if it does not come
          back, nothing is sent to it.
        </p>
      )}
      {barred.length > 0 && (
        <p className="cpms-note">
          {count(barred.length, 'charger is', 'chargers are')} left out: your role does not allow
          this there.
        </p>
      )}
      {isGrave && (
        <label className="cpms-check">
          <input
            checked={isSure}
            onChange={(event) => setSure(event.target.checked)}
            type="checkbox"
          />
          End {count(people, 'charge', 'charges')} under way
        </label>
      )}
      <div className="cpms-dialog-buttons">
        <button className="cpms-button" onClick={onCancel} type="button">
          Cancel
        </button>
        <button
          className="cpms-button"
          data-kind={isGrave ? 'danger' : 'primary'}
          disabled={able.length === 0 || (isGrave && !isSure)}
          onClick={onConfirm}
          type="button"
        >
          {plan.label}
        </button>
      </div>
    </>
  )
}

type OutcomesProps = {
  rows: Progress[]
  isRunning: boolean
  onStop: () => void
  onAgain: () => void
  onClose: () => void
}

function Outcomes({ rows, isRunning, onStop, onAgain, onClose }: OutcomesProps) {
  const done = rows.filter(({ state }) => state === 'done').length
  const failed = rows.filter(isToRepeat).length
  return (
    <>
      <p aria-live="polite">
        {isRunning && <span aria-hidden="true" className="cpms-waiting" />} {done} of {rows.length}{' '}
        done{failed > 0 && `, ${failed} not`}.
      </p>
      <progress
        aria-label="Progress"
        className="cpms-progress"
        max={rows.length}
        value={done + failed}
      />
      <ul className="cpms-list cpms-outcomes">
        {rows.map(({ charger, state, word }) => (
          <li data-state={state} key={charger.id}>
            <span className="cpms-list-text">
              {charger.name}
              <span className="cpms-muted">{word}</span>
            </span>
            {state === 'done' && <Icon label="done" name="check" />}
            {(state === 'failed' || state === 'left') && <Icon label="not done" name="cross" />}
            {(state === 'waiting' || state === 'asked') && <StatusPill status={charger.status} />}
          </li>
        ))}
      </ul>
      <div className="cpms-dialog-buttons">
        {isRunning ? (
          <button className="cpms-button" onClick={onStop} type="button">
            Do not send the rest
          </button>
        ) : (
          <>
            {failed > 0 && (
              <button className="cpms-button" onClick={onAgain} type="button">
                Try {count(failed, 'charger', 'chargers')} again
              </button>
            )}
            <button className="cpms-button" data-kind="primary" onClick={onClose} type="button">
              Done
            </button>
          </>
        )}
      </div>
    </>
  )
}
