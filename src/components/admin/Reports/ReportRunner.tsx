'use client'

import { useState } from 'react'

import { asksWho, ofPeople } from '@/domain/reportPeople'

import { BarChart } from '../charts/BarChart'
import { kWhShort, whole } from '../ui/words'
import { ExportButton } from './ExportButton'
import { PickFilter, type FilterKind } from './PickFilter'
import { ReportTable } from './ReportTable'
import { ShareButton } from './ShareButton'
import { useReport } from './useReport'
import { presetsOf, sayCell } from './words'

type Filter = Record<FilterKind | 'from' | 'to' | 'unit' | 'groupBy', string>

type Props = {
  /** Its name in addresses. */
  report: string
  /** The network's own day. */
  today: string
  /** Who charged may be asked for. */
  maySeePeople: boolean
  maySeePriceGroups: boolean
  mayShare: boolean
  /** Steps and splits there are, the usual one first. */
  units: readonly string[]
  groupings: readonly string[]
  initial: Partial<Filter>
}

const more: readonly FilterKind[] = ['site', 'operator', 'region', 'fleet', 'priceGroup']
/** Splits that name people, and what only those who run prices see. */
const unitWords: Record<string, string> = {
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
  month: 'Month',
  whole: 'Whole period',
}
const groupingWords: Record<string, string> = {
  none: 'Nothing',
  charger: 'Charger',
  site: 'Site',
  region: 'Region',
  operator: 'Operator',
  driver: 'User',
  priceGroup: 'Price group',
  fleet: 'Fleet only',
  vehicle: 'Vehicle',
  card: 'Card',
}
const pageRows = 50

/** Filters first, as the FAQ names them; then the sums, the chart and the rows, and one Export button for all of them. */
export function ReportRunner({
  report,
  today,
  maySeePeople,
  maySeePriceGroups,
  mayShare,
  units,
  groupings,
  initial,
}: Props) {
  const presets = presetsOf(today)
  const usual = presets.find(({ key }) => key === 'month')!
  const [filter, setFilter] = useState<Filter>({
    charger: '',
    driver: '',
    site: '',
    region: '',
    operator: '',
    fleet: '',
    priceGroup: '',
    from: usual.from,
    to: usual.to,
    unit: units[0] ?? '',
    groupBy: groupings[0] ?? '',
    ...initial,
  })
  const [offset, setOffset] = useState(0)
  const asked = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
  const page = new URLSearchParams({
    ...Object.fromEntries(asked),
    limit: String(pageRows),
    offset: String(offset),
  })
  const { shown, problem, isLoading, retry } = useReport(report, page.toString())
  const set = (change: Partial<Filter>) => {
    const next = { ...filter, ...change }
    setFilter(next)
    setOffset(0)
    // the address holds the filter, so that a report can be kept and shared
    const kept = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== ''))
    window.history.replaceState(null, '', `?${kept}`)
  }
  const maySee = (kind: string) =>
    (maySeePeople || !ofPeople.has(kind)) && (maySeePriceGroups || kind !== 'priceGroup')
  const kinds = more.filter(maySee)
  const isMoreUsed = kinds.some((kind) => filter[kind] !== '')
  const total = shown?.totals.rows ?? null
  const chart = shown?.charts[0]
  const bars = chart?.series.filter(({ format }) => format === 'energy') ?? []
  return (
    <>
      <div className="cpms-card cpms-report-filters">
        <div className="cpms-row" role="group" aria-label="Usual periods">
          {presets.map((preset) => (
            <button
              aria-pressed={filter.from === preset.from && filter.to === preset.to}
              className="cpms-button"
              data-kind="quiet"
              key={preset.key}
              onClick={() => set({ from: preset.from, to: preset.to })}
              type="button"
            >
              {preset.label}
            </button>
          ))}
        </div>
        <div className="cpms-report-fields">
          <Day
            label="From"
            max={filter.to}
            onChange={(from) => set({ from })}
            value={filter.from}
          />
          <Day label="To" min={filter.from} onChange={(to) => set({ to })} value={filter.to} />
          <PickFilter
            kind="charger"
            onChange={(charger) => set({ charger })}
            value={filter.charger}
          />
          {maySeePeople && (
            <PickFilter
              kind="driver"
              onChange={(driver) => set({ driver })}
              value={filter.driver}
            />
          )}
          {units.length > 0 && (
            <Choice
              label="Per"
              onChange={(unit) => set({ unit })}
              options={units.map((unit) => [unit, unitWords[unit] ?? unit])}
              value={filter.unit}
            />
          )}
          {groupings.length > 0 && (
            <Choice
              label="Split by"
              onChange={(groupBy) => set({ groupBy })}
              options={groupings.filter(maySee).map((one) => [one, groupingWords[one] ?? one])}
              value={filter.groupBy}
            />
          )}
        </div>
        <details open={isMoreUsed || undefined}>
          <summary>More filters</summary>
          <div className="cpms-report-fields">
            {kinds.map((kind) => (
              <PickFilter
                key={kind}
                kind={kind}
                onChange={(id) => set({ [kind]: id })}
                value={filter[kind]}
              />
            ))}
          </div>
        </details>
      </div>
      {problem && (
        <div className="cpms-note" data-kind="problem" role="alert">
          <p>{problem}</p>
          <button className="cpms-button" onClick={retry} type="button">
            Try again
          </button>
        </div>
      )}
      {!shown && isLoading && (
        <div aria-busy="true" className="cpms-card cpms-report-wait">
          Reading…
        </div>
      )}
      {shown && !problem && (
        <div aria-busy={isLoading} className="cpms-block cpms-report-result">
          <div className="cpms-block-head">
            <p className="cpms-muted">
              {shown.subtitle} · {shown.period.words}
            </p>
            <div className="cpms-row">
              {mayShare && (
                <ShareButton
                  mayNamePeople={maySeePeople && report === 'charging-sessions'}
                  namesPeople={asksWho(report, filter)}
                  query={asked}
                  report={report}
                />
              )}
              <ExportButton query={asked} report={report} total={total} />
            </div>
          </div>
          <div className="cpms-figures">
            {report === 'charging-sessions' && (
              <Figure label="Sessions" value={whole(shown.totals.rows)} />
            )}
            {shown.columns
              .filter(({ isSummed, hasOwnTotal, isMinor }) => (isSummed || hasOwnTotal) && !isMinor)
              .flatMap((column) =>
                column.format === 'money'
                  ? shown.totals.money.map(({ currency, sums }) => (
                      <Figure
                        key={`${column.key} ${currency}`}
                        label={column.title}
                        value={sayCell('money', sums[column.key], currency)}
                      />
                    ))
                  : [
                      <Figure
                        key={column.key}
                        label={column.title}
                        value={sayCell(column.format, shown.totals.sums[column.key], null)}
                      />,
                    ],
              )}
          </div>
          {shown.totals.notes.map((note) => (
            <p className="cpms-note" key={note}>
              {note}
            </p>
          ))}
          {shown.rows.length === 0 ? (
            <div className="cpms-card">
              <p>There is nothing to show for this period.</p>
              <p className="cpms-muted">Choose more days, or take a filter away.</p>
            </div>
          ) : (
            <>
              {chart && bars.length > 0 && chart.labels.length > 1 && (
                <section className="cpms-card">
                  <h2>{chart.title}</h2>
                  <BarChart
                    labels={chart.labels}
                    say={(wh) => `${kWhShort(wh)} kWh`}
                    series={bars}
                    summary={`${chart.title}, ${shown.period.words}`}
                  />
                </section>
              )}
              <ReportTable columns={shown.columns} rows={shown.rows} totals={shown.totals} />
              <Pages offset={offset} onChange={setOffset} total={shown.totals.rows} />
            </>
          )}
        </div>
      )}
    </>
  )
}

function Day(given: {
  label: string
  value: string
  min?: string
  max?: string
  onChange: (day: string) => void
}) {
  const { label, value, min, max, onChange } = given
  return (
    <label className="cpms-report-filter">
      {label}
      <input
        className="cpms-input"
        max={max}
        min={min}
        onChange={(event) => event.target.value && onChange(event.target.value)}
        required
        type="date"
        value={value}
      />
    </label>
  )
}

function Choice(given: {
  label: string
  value: string
  options: [value: string, text: string][]
  onChange: (value: string) => void
}) {
  const { label, value, options, onChange } = given
  return (
    <label className="cpms-report-filter">
      {label}
      <select
        className="cpms-input"
        onChange={(event) => onChange(event.target.value)}
        value={value}
      >
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className="cpms-figure">
      <span className="cpms-figure-label">{label}</span>
      <span className="cpms-figure-value">{value}</span>
    </div>
  )
}

function Pages(given: { offset: number; total: number; onChange: (offset: number) => void }) {
  const { offset, total, onChange } = given
  if (total <= pageRows) return null
  return (
    <div className="cpms-row">
      <button
        className="cpms-button"
        disabled={offset === 0}
        onClick={() => onChange(Math.max(0, offset - pageRows))}
        type="button"
      >
        Back
      </button>
      <span className="cpms-muted">
        {whole(offset + 1)}–{whole(Math.min(offset + pageRows, total))} of {whole(total)}
      </span>
      <button
        className="cpms-button"
        disabled={offset + pageRows >= total}
        onClick={() => onChange(offset + pageRows)}
        type="button"
      >
        Next
      </button>
    </div>
  )
}
