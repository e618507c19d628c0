import type { ProfileUnit, Recurrence } from '@/domain/chargingProfile'

import { days } from './words'

/** As typed; `limit` in kW or A. */
export type PeriodDraft = { day: number; time: string; limit: string; phases: string }

/** From when which limit; the first begins at midnight (Monday) and stays. */
export function PeriodRows({
  periods,
  recurrence,
  unit,
  onChange,
}: {
  periods: PeriodDraft[]
  recurrence: Recurrence
  unit: ProfileUnit
  onChange: (periods: PeriodDraft[]) => void
}) {
  const change = (at: number, part: Partial<PeriodDraft>) =>
    onChange(periods.map((one, i) => (i === at ? { ...one, ...part } : one)))
  const word = unit === 'W' ? 'kW' : 'A'
  return (
    <fieldset className="cpms-profile-periods">
      <legend className="cpms-sr">Limits</legend>
      {periods.map((period, i) => (
        <div className="cpms-row" key={i}>
          {recurrence === 'weekly' && (
            <select
              aria-label="From which day"
              className="cpms-input"
              disabled={i === 0}
              onChange={(event) => change(i, { day: Number(event.target.value) })}
              value={period.day}
            >
              {days.map((day, index) => (
                <option key={day} value={index}>
                  {day}
                </option>
              ))}
            </select>
          )}
          {recurrence !== 'always' && (
            <input
              aria-label="From what time"
              className="cpms-input"
              disabled={i === 0}
              onChange={(event) => change(i, { time: event.target.value })}
              type="time"
              value={period.time}
            />
          )}
          <label className="cpms-row">
            at most
            <input
              aria-label={`Limit in ${word}`}
              className="cpms-input cpms-profile-limit"
              inputMode="decimal"
              min={0}
              name="limit"
              onChange={(event) => change(i, { limit: event.target.value })}
              step={unit === 'W' ? 0.1 : 0.1}
              type="number"
              value={period.limit}
            />
            {word}
          </label>
          <select
            aria-label="Phases"
            className="cpms-input"
            onChange={(event) => change(i, { phases: event.target.value })}
            value={period.phases}
          >
            <option value="">any phases</option>
            <option value="1">1 phase</option>
            <option value="3">3 phases</option>
          </select>
          {i > 0 && (
            <button
              aria-label="Take this limit away"
              className="cpms-button"
              onClick={() => onChange(periods.filter((_, other) => other !== i))}
              type="button"
            >
              ×
            </button>
          )}
        </div>
      ))}
      {recurrence !== 'always' && (
        <button
          className="cpms-button"
          onClick={() =>
            onChange([
              ...periods,
              { ...periods.at(-1)!, time: periods.length === 1 ? '07:00' : '22:00' },
            ])
          }
          type="button"
        >
          Add another time
        </button>
      )}
    </fieldset>
  )
}
