'use client'

export type When = {
  kind: 'now' | 'at' | 'window'
  /** Of an input for date and time: local, without a zone. */
  at: string
  from: string
  until: string
  waveSize: string
  haltPercent: string
}

export const usualWhen: When = {
  kind: 'now',
  at: '',
  from: '01:00',
  until: '05:00',
  waveSize: '10',
  haltPercent: '20',
}

/** `whenFields`: what is asked of the server; null while something is missing. */
export function whenFields(when: When): Record<string, unknown> | null {
  const waveSize = Number(when.waveSize)
  const haltFailurePercent = Number(when.haltPercent)
  if (!Number.isInteger(waveSize) || waveSize < 1) return null
  if (when.haltPercent === '' || !(haltFailurePercent >= 0 && haltFailurePercent <= 100))
    return null
  const shared = { waveSize, haltFailurePercent }
  switch (when.kind) {
    case 'now':
      return shared
    case 'at': {
      const at = new Date(when.at)
      return Number.isNaN(at.getTime()) ? null : { ...shared, startAt: at.toISOString() }
    }
    case 'window':
      return when.from && when.until && when.from !== when.until
        ? { ...shared, windowFrom: when.from, windowUntil: when.until }
        : null
  }
}

const kinds = [
  { kind: 'now', label: 'Now' },
  { kind: 'at', label: 'At a time' },
  { kind: 'window', label: 'In off-peak hours' },
] as const

export function ChooseWhen({ when, onChange }: { when: When; onChange: (when: When) => void }) {
  const set = (part: Partial<When>) => onChange({ ...when, ...part })
  return (
    <>
      <div aria-label="When" className="cpms-row" role="group">
        {kinds.map(({ kind, label }) => (
          <button
            aria-pressed={when.kind === kind}
            className="cpms-chip"
            key={kind}
            onClick={() => set({ kind })}
            type="button"
          >
            {label}
          </button>
        ))}
      </div>
      {when.kind === 'at' && (
        <label className="cpms-when">
          Start at
          <input
            className="cpms-input"
            onChange={(event) => set({ at: event.target.value })}
            type="datetime-local"
            value={when.at}
          />
          <span className="cpms-muted">your time</span>
        </label>
      )}
      {when.kind === 'window' && (
        <div className="cpms-when">
          <label className="cpms-inline">
            From
            <input
              className="cpms-input"
              onChange={(event) => set({ from: event.target.value })}
              type="time"
              value={when.from}
            />
          </label>
          <label className="cpms-inline">
            until
            <input
              className="cpms-input"
              onChange={(event) => set({ until: event.target.value })}
              type="time"
              value={when.until}
            />
          </label>
          <span className="cpms-muted">
            by the clock at each charger’s site; the update goes on night after night until all had
            their turn
          </span>
        </div>
      )}
      <div className="cpms-when">
        <label className="cpms-inline">
          Chargers at a time
          <input
            className="cpms-input"
            max={10_000}
            min={1}
            onChange={(event) => set({ waveSize: event.target.value })}
            type="number"
            value={when.waveSize}
          />
        </label>
        <label className="cpms-inline">
          Halt when more than
          <input
            className="cpms-input"
            max={100}
            min={0}
            onChange={(event) => set({ haltPercent: event.target.value })}
            type="number"
            value={when.haltPercent}
          />
          % of them fail
        </label>
      </div>
    </>
  )
}
