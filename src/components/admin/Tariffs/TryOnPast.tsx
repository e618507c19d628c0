'use client'

import './tariffs.css'

import { useDocumentInfo, useForm } from '@payloadcms/ui'
import { useRef, useState } from 'react'

import { formatRate } from '@/domain/money'
import type { Preview } from '@/domain/tariff/preview'

import { money } from '../ui/money'
import { whole } from '../ui/words'

type Result = Preview & {
  currency: string
  otherCurrency: number
  isPart: boolean
  dearestEnergyMicros: number | null
}
type Shown =
  | { kind: 'running'; done: number; total: number }
  | { kind: 'result'; result: Result; months: number }
  | { kind: 'problem'; sentence: string }

const choices = [1, 3, 12]

/** Before saving: what the charges of the last months would have come to at the prices that stand in the form now. */
export function TryOnPast() {
  const { id } = useDocumentInfo()
  const { getData } = useForm()
  const [months, setMonths] = useState(1)
  const [shown, setShown] = useState<Shown | null>(null)
  const running = useRef<AbortController | null>(null)
  if (!id) return null

  async function run(): Promise<void> {
    running.current?.abort()
    const asked = new AbortController()
    running.current = asked
    setShown({ kind: 'running', done: 0, total: 0 })
    try {
      const response = await fetch(`/api/tariffs/${id}/preview`, {
        method: 'POST',
        credentials: 'include',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ draft: getData(), months }),
        signal: asked.signal,
      })
      if (!response.ok || !response.body) {
        const body = (await response.json().catch(() => null)) as { detail?: string } | null
        setShown({ kind: 'problem', sentence: body?.detail ?? 'It could not be tried. Try again.' })
        return
      }
      for await (const line of linesOf(response.body)) {
        const said = JSON.parse(line) as { done: number; total: number; result?: Result }
        setShown(
          said.result
            ? { kind: 'result', result: said.result, months }
            : { kind: 'running', done: said.done, total: said.total },
        )
      }
    } catch {
      if (!asked.signal.aborted)
        setShown({ kind: 'problem', sentence: 'The server cannot be reached. Try again.' })
    }
  }

  return (
    <section className="cpms-card cpms-try field-type">
      <h3>Try it on past charges</h3>
      <p className="cpms-muted">
        Prices the charges that this tariff applied to as if the form above had held. Nothing is
        changed.
      </p>
      <div className="cpms-row">
        <select
          aria-label="Charges of the last"
          className="cpms-input"
          onChange={(event) => setMonths(Number(event.target.value))}
          value={months}
        >
          {choices.map((count) => (
            <option key={count} value={count}>
              {count === 1 ? 'Last month' : `Last ${count} months`}
            </option>
          ))}
        </select>
        <button
          className="cpms-button"
          disabled={shown?.kind === 'running'}
          onClick={() => void run()}
          type="button"
        >
          Try
        </button>
      </div>
      {shown?.kind === 'running' && (
        <div className="cpms-try-progress" role="status">
          <progress max={shown.total || undefined} value={shown.total ? shown.done : undefined} />
          <span>
            {shown.total
              ? `${whole(shown.done)} of ${whole(shown.total)} charges`
              : 'Looking for charges…'}
          </span>
        </div>
      )}
      {shown?.kind === 'problem' && (
        <p className="cpms-note" role="alert">
          {shown.sentence}
        </p>
      )}
      {shown?.kind === 'result' && <Outcome result={shown.result} />}
    </section>
  )
}

function Outcome({ result }: { result: Result }) {
  const { currency, sessions, unpriced, otherCurrency } = result
  const dearest = result.dearestPerKWhHundredths
  if (sessions + unpriced + otherCurrency === 0)
    return (
      <p className="cpms-note">
        No charge of this time was priced by this tariff. Choose more months.
      </p>
    )
  return (
    <>
      <p role="status">
        {whole(sessions)} {sessions === 1 ? 'charge' : 'charges'}: revenue{' '}
        <b>{money(result.beforeMinor, currency)}</b> becomes{' '}
        <b>{money(result.afterMinor, currency)}</b> ({change(result, currency)}).{' '}
        {whole(result.cheaper)} cheaper, {whole(result.dearer)} dearer,{' '}
        {whole(sessions - result.cheaper - result.dearer)} as before.
      </p>
      <table className="cpms-table">
        <thead>
          <tr>
            <th>Group</th>
            <th className="cpms-num">Charges</th>
            <th className="cpms-num">Was</th>
            <th className="cpms-num">Would be</th>
            <th className="cpms-num">Change</th>
            <th className="cpms-num">Cheaper / dearer</th>
          </tr>
        </thead>
        <tbody>
          {result.groups.map((group) => (
            <tr key={group.name}>
              <td data-label="Group">{group.name}</td>
              <td className="cpms-num" data-label="Charges">
                {whole(group.sessions)}
              </td>
              <td className="cpms-num" data-label="Was">
                {money(group.beforeMinor, currency)}
              </td>
              <td className="cpms-num" data-label="Would be">
                {money(group.afterMinor, currency)}
              </td>
              <td className="cpms-num" data-label="Change">
                {change(group, currency)}
              </td>
              <td className="cpms-num" data-label="Cheaper / dearer">
                {whole(group.cheaper)} / {whole(group.dearer)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="cpms-muted">
        {result.dearestEnergyMicros !== null && (
          <li>
            Highest price per kWh in the tariff, with tax:{' '}
            {formatRate(result.dearestEnergyMicros, currency)}.
          </li>
        )}
        {dearest !== null && (
          <li>
            Highest that one of these charges would have come to per kWh, with fees and time:{' '}
            {money(Math.ceil(dearest / 100), currency)}.
          </li>
        )}
        {unpriced > 0 && (
          <li>{whole(unpriced)} would have no price and need review: no price fits them.</li>
        )}
        {otherCurrency > 0 && (
          <li>{whole(otherCurrency)} were in another currency and are left out.</li>
        )}
        {result.isPart && (
          <li>Only the newest 10,000 charges were tried: choose fewer months for all of them.</li>
        )}
      </ul>
    </>
  )
}

function change(of: { beforeMinor: number; afterMinor: number }, currency: string): string {
  const difference = of.afterMinor - of.beforeMinor
  if (difference === 0) return 'no change'
  const share = of.beforeMinor > 0 ? `, ${((difference / of.beforeMinor) * 100).toFixed(1)} %` : ''
  return `${difference > 0 ? '+' : ''}${money(difference, currency)}${share}`
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as never).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = (await reader.read()) as { value?: string; done: boolean }
    if (done) break
    const lines = (rest + (value ?? '')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line) yield line
  }
  if (rest) yield rest
}
