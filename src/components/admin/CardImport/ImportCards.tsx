'use client'

import { toast } from '@payloadcms/ui'
import { useRef, useState, type DragEvent } from 'react'

import { cardColumns } from '@/domain/cardImport'
import { csvText } from '@/domain/csv'
import type { CardImportPage } from '@/panel/cardImport'

import { GoTo } from '../ui/GoTo'
import { saveFile } from '../ui/saveFile'
import { save } from '../ui/save'
import { Report, type ImportReport } from './Report'

const sample = csvText([
  cardColumns,
  ['04A2B3C4D5E680', 'Blue 7', 'active', '', 'anna@example.com', 'Anna Hill', '', '', '', '', ''],
  ['04A2B3C4D5E681', 'Van 3', 'active', '2027-12-31', '', '', 'Couriers', 'AB12 CDE', '', '', ''],
])

type File = { name: string; text: string }

export function ImportCards({ sites, demandsSite }: CardImportPage) {
  const [file, setFile] = useState<File | null>(null)
  const [site, setSite] = useState(demandsSite ? String(sites[0]?.id ?? '') : '')
  const [report, setReport] = useState<ImportReport | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [isOver, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  async function send(next: File, isDryRun: boolean): Promise<void> {
    setBusy(true)
    setProblem(null)
    const query = new URLSearchParams({ ...(site && { site }), dryRun: String(isDryRun) })
    const saved = await save(
      'POST',
      `/api/rfid-cards/import?${query.toString()}`,
      next.text,
      'text/csv',
    )
    setBusy(false)
    if (saved.kind === 'refused') {
      setReport(null)
      setProblem(saved.why)
      return
    }
    const made = saved.body as unknown as ImportReport
    setReport(made)
    if (!made.dryRun) toast.success(`${made.created} added, ${made.updated} changed.`)
  }

  async function take(chosen: globalThis.File | undefined): Promise<void> {
    if (!chosen) return
    const next = { name: chosen.name, text: await chosen.text() }
    setFile(next)
    await send(next, true)
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }

  const wanted = report ? report.created + report.updated : 0
  return (
    <>
      <section className="cpms-block">
        <p>
          One line for each card, the first line names the columns; only <code>uid</code> is needed.
          A card that is known is changed where its line says something; an empty cell leaves it as
          it is. Nothing is written before you have seen what would happen to each line.
        </p>
        <div className="cpms-row">
          <button
            className="cpms-button"
            onClick={() => saveFile('cards-example.csv', sample)}
            type="button"
          >
            Download an example
          </button>
        </div>
        {sites.length > 0 && (
          <label className="cpms-field">
            Managed by site, where the file does not say
            <select
              className="cpms-input cpms-select"
              onChange={(event) => {
                setSite(event.target.value)
                setReport(null)
              }}
              value={site}
            >
              {!demandsSite && <option value="">No site: Super Admins only</option>}
              {sites.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <div
          className="cpms-drop"
          data-over={isOver}
          onDragLeave={() => setOver(false)}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDrop={onDrop}
        >
          <span className="cpms-muted">
            {file ? file.name : 'Drop a CSV file here (up to 10,000 lines), or'}
          </span>
          <input
            accept=".csv,text/csv"
            aria-label="CSV file"
            className="cpms-sr"
            onChange={(event) => {
              void take(event.target.files?.[0])
              event.target.value = ''
            }}
            ref={input}
            type="file"
          />
          <button
            className="cpms-button"
            data-kind={file ? undefined : 'primary'}
            disabled={isBusy}
            onClick={() => input.current?.click()}
            type="button"
          >
            {file ? 'Choose another file' : 'Choose a file'}
          </button>
        </div>
      </section>
      {problem && (
        <p className="cpms-problem" role="alert">
          {problem}
        </p>
      )}
      {file && !report && !problem && !isBusy && (
        <button className="cpms-button" onClick={() => void send(file, true)} type="button">
          Look at it again
        </button>
      )}
      {isBusy && <div aria-busy="true" className="cpms-skeleton" />}
      {file && report && !isBusy && (
        <Report name={file.name} report={report}>
          {report.dryRun ? (
            <button
              className="cpms-button"
              data-kind="primary"
              disabled={wanted === 0}
              onClick={() => void send(file, false)}
              type="button"
            >
              Import {wanted} {wanted === 1 ? 'card' : 'cards'}
            </button>
          ) : (
            <GoTo
              className="cpms-button"
              data-kind="primary"
              to="/admin/collections/rfid-cards?sort=-updatedAt"
            >
              Show the cards
            </GoTo>
          )}
        </Report>
      )}
    </>
  )
}
