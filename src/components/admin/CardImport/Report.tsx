'use client'

import { useState, type ReactNode } from 'react'

import { csvText } from '@/domain/csv'

import { Icon, type IconName } from '../ui/Icon'
import { saveFile } from '../ui/saveFile'

type Outcome = 'created' | 'updated' | 'skipped'
type Line = { line: number; uid: string; outcome: Outcome; reason: string | null }

export type ImportReport = {
  created: number
  updated: number
  skipped: number
  newDrivers: number
  dryRun: boolean
  lines: Line[]
}

const looks: Readonly<
  Record<Outcome, { tone: string; icon: IconName; before: string; after: string }>
> = {
  created: { tone: 'green', icon: 'check', before: 'Will be added', after: 'Added' },
  updated: { tone: 'blue', icon: 'pencil', before: 'Will be changed', after: 'Changed' },
  skipped: { tone: 'amber', icon: 'pause', before: 'Left out', after: 'Left out' },
}

const shownMost = 200

/** What becomes, or became, of every line; skipped ones can be looked at alone, and all of it saved as a file. */
export function Report({
  name,
  report,
  children,
}: {
  name: string
  report: ImportReport
  children: ReactNode
}) {
  const [only, setOnly] = useState<Outcome | null>(null)
  const word = (outcome: Outcome) => looks[outcome][report.dryRun ? 'before' : 'after']
  const lines = report.lines.filter((line) => only === null || line.outcome === only)

  function download(): void {
    const rows = report.lines.map((one) => [one.line, one.uid, word(one.outcome), one.reason])
    saveFile(
      name.replace(/(\.csv)?$/i, '-report.csv'),
      csvText([['line', 'uid', 'outcome', 'reason'], ...rows]),
    )
  }

  return (
    <section className="cpms-block">
      <div className="cpms-block-head">
        <h2>{report.dryRun ? 'What this file would do' : 'What this file did'}</h2>
        <div className="cpms-row">
          <button className="cpms-button" onClick={download} type="button">
            Download the report
          </button>
          {children}
        </div>
      </div>
      <div className="cpms-figures">
        {(['created', 'updated', 'skipped'] as const).map((outcome) => (
          <button
            aria-pressed={only === outcome}
            className="cpms-figure"
            key={outcome}
            onClick={() => setOnly(only === outcome ? null : outcome)}
            type="button"
          >
            <span className="cpms-figure-label">
              <Icon name={looks[outcome].icon} />
              {word(outcome)}
            </span>
            <span className="cpms-figure-value">{report[outcome]}</span>
            {outcome === 'created' && report.newDrivers > 0 && (
              <span className="cpms-figure-note">
                with {report.newDrivers} new {report.newDrivers === 1 ? 'driver' : 'drivers'}
              </span>
            )}
          </button>
        ))}
      </div>
      <table className="cpms-table cpms-report">
        <thead>
          <tr>
            <th className="cpms-num">Line</th>
            <th>UID</th>
            <th>Outcome</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, shownMost).map((one) => (
            <tr key={one.line}>
              <td className="cpms-num" data-label="Line">
                {one.line}
              </td>
              <td className="cpms-mono" data-label="UID">
                {one.uid || '–'}
              </td>
              <td data-label="Outcome">
                <span className="cpms-pill" data-tone={looks[one.outcome].tone}>
                  <Icon name={looks[one.outcome].icon} />
                  {word(one.outcome)}
                </span>
              </td>
              <td data-label="Why">{one.reason ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > shownMost && (
        <p className="cpms-muted">
          {lines.length - shownMost} more lines are in the report that you can download.
        </p>
      )}
    </section>
  )
}
