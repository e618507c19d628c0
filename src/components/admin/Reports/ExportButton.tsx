'use client'

import { useEffect, useState } from 'react'

import { Menu } from '../ui/Menu'
import { whole } from '../ui/words'
import { ProveAgain } from './ProveAgain'

type Progress = { rows: number; isFinished: boolean; failure: string | null }
type Running = { id: string; label: string; progress: Progress | null }
type Refusal = { format: string; label: string; sentence: string; isProofMissing: boolean }

const formats = [
  { key: 'xlsx', label: 'Excel', note: 'With real numbers, times and sums' },
  { key: 'csv', label: 'CSV', note: 'For any spreadsheet or program' },
  { key: 'pdf', label: 'PDF', note: 'To print or to send; the first 2,000 rows' },
] as const

const askEveryMs = 800

/** The file goes straight to the disk, whatever its length; how far it is is asked of the server meanwhile. */
export function ExportButton({
  report,
  query,
  total,
}: {
  report: string
  query: URLSearchParams
  /** Rows the file will have, as far as the page knows. */
  total: number | null
}) {
  const [running, setRunning] = useState<Running | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  useEffect(() => {
    if (!running || running.progress?.isFinished) return
    const timer = setInterval(() => {
      fetch(`/api/reports/exports/${running.id}`, { credentials: 'include' })
        .then(async (response) => (response.ok ? ((await response.json()) as Progress) : null))
        .then((progress) => progress && setRunning((now) => now && { ...now, progress }))
        .catch(() => {})
    }, askEveryMs)
    return () => clearInterval(timer)
  }, [running])

  function take(format: string, label: string): void {
    const id = crypto.randomUUID()
    const asked = new URLSearchParams(query)
    asked.set('format', format)
    asked.set('export', id)
    setRefusal(null)
    setRunning({ id, label, progress: null })
    // a frame: the page stays where it is, and a refusal can be read from it
    const frame = document.createElement('iframe')
    frame.hidden = true
    frame.src = `/api/reports/${report}?${asked}`
    frame.onload = () => {
      const said = frame.contentDocument?.body?.textContent ?? ''
      try {
        const { code, detail } = JSON.parse(said) as { code?: string; detail?: string }
        setRefusal({
          format,
          label,
          sentence: detail ?? 'The file was refused.',
          isProofMissing: code === 'step-up-required',
        })
        setRunning(null)
      } catch {
        // the file itself: nothing to read here
      }
    }
    document.body.append(frame)
  }

  const progress = running?.progress
  const rows = progress?.rows ?? 0
  // its rows are read in no time; what takes seconds is the layout of the pages
  const isDrawn = running?.label === 'PDF'
  const words = progress?.failure
    ? progress.failure
    : progress?.isFinished
      ? `${running?.label} file complete: ${whole(rows)} rows`
      : isDrawn
        ? 'Laying out the pages of the PDF…'
        : `Writing the ${running?.label} file: ${whole(rows)}${total ? ` of ${whole(total)}` : ''} rows`
  return (
    <div className="cpms-report-export">
      <Menu
        groups={[
          {
            key: 'formats',
            items: formats.map(({ key, label, note }) => ({
              key,
              icon: 'list' as const,
              label,
              note,
              onSelect: () => take(key, label),
            })),
          },
        ]}
        label="Export"
      />
      {running && (
        <div
          className="cpms-report-progress"
          data-failed={Boolean(progress?.failure)}
          role="status"
        >
          <progress
            aria-label={words}
            max={total ?? undefined}
            value={progress?.isFinished ? (total ?? 1) : total && !isDrawn ? rows : undefined}
          />
          <span>{words}</span>
        </div>
      )}
      {refusal && !refusal.isProofMissing && (
        <p className="cpms-note" data-kind="problem" role="alert">
          {refusal.sentence}
        </p>
      )}
      {refusal?.isProofMissing && (
        <ProveAgain
          onClose={() => setRefusal(null)}
          onProved={() => take(refusal.format, refusal.label)}
          why={refusal.sentence}
        />
      )}
    </div>
  )
}
