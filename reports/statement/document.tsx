/** @jsxRuntime automatic */
import type { Branding } from '@/domain/branding'
import { periodWords } from '@/domain/issuing'
import { addDays } from '@/domain/period'

import { BarChart, type Bar } from '../render/barChart'
import { DataTable } from '../render/dataTable'
import { Note, Paper, Section, Tiles, type Tile } from '../render/layout'
import { count, energy, energyShort, instant, money, shareChange } from '../render/words'
import type { StatementFigures } from './figures'

export type StatementProps = {
  branding: Branding
  figures: StatementFigures
  fingerprint: string
  verifyUrl: string
  /** Printed across where it is no statement yet. */
  isPreview?: boolean
}

/** The site owner's statement: what was charged, what it came to, and what has changed since the last one. */
export function StatementDocument({
  branding,
  figures,
  fingerprint,
  verifyUrl,
  isPreview,
}: StatementProps) {
  const { sums, before } = figures
  const [main] = sums.amounts
  const words = periodWords(figures)
  const foot = isPreview
    ? 'Preview: figures of unfinished periods change until the statement is issued.'
    : `Statement ${figures.number}, closed ${instant(figures.closedAt, figures.zone)}. Check it at ${verifyUrl}`
  return (
    <Paper
      branding={branding}
      foot={foot}
      kind={isPreview ? 'Preview of a statement' : `Statement ${figures.number}`}
      subtitle={`${words}${figures.recipient ? ` · for ${figures.recipient}` : ''}`}
      title={figures.subject}
    >
      <Tiles tiles={tilesOf(figures)} />
      {sums.days.length > 0 && (
        <Section keepTogether title="Energy per day (kWh), weekends lighter">
          <BarChart
            bars={barsOf(figures)}
            colour={branding.accentColour}
            format={(wh) => count(wh / 1000)}
          />
        </Section>
      )}
      <Section keepTogether title="What it comes to">
        {sums.amounts.length === 0 && <Note>Nothing was charged in this period.</Note>}
        {sums.amounts.length > 0 && (
          <DataTable
            columns={[
              { title: '', share: 46 },
              { title: 'Net', share: 18, isNumber: true },
              { title: 'Tax', share: 18, isNumber: true },
              { title: 'Total', share: 18, isNumber: true },
            ]}
            rows={[...taxRows(figures), ...correctionSum(figures)]}
            totals={sums.amounts.map(({ amountMinor, taxMinor, currency }) =>
              amounts('Total', amountMinor, taxMinor, currency),
            )}
          />
        )}
        {figures.heldBack > 0 && (
          <Note>
            {`${count(figures.heldBack)} ${figures.heldBack === 1 ? 'session has' : 'sessions have'} no final price yet. They follow as corrections in a later statement.`}
          </Note>
        )}
      </Section>
      <Section title="By charger">
        {sums.chargers.length === 0 ? (
          <Note>No session began in this period.</Note>
        ) : (
          <ChargerTable figures={figures} />
        )}
      </Section>
      {sums.corrections.length > 0 && <Corrections figures={figures} />}
      {before && main && (
        <Section keepTogether title={`Compared with ${before.words}`}>
          <Comparison figures={figures} />
        </Section>
      )}
      <Section keepTogether title="How to read this">
        <Note>
          {`A session counts on the day it began, by the clock of ${figures.zone}. Energy is what the charger’s meter counted, to the watt-hour. ` +
            'Amounts are what drivers are charged; each is rounded once, in the session’s own price lines. ' +
            'A statement never changes: what is learned later stands as a correction in the next one.'}
        </Note>
        {!isPreview && <Note>{`Fingerprint of the figures: ${fingerprint}`}</Note>}
      </Section>
    </Paper>
  )
}

function tilesOf({ sums, before }: StatementFigures): Tile[] {
  const [main, ...others] = sums.amounts
  const isComparable = before !== null && main !== undefined && before.currency === main.currency
  return [
    {
      name: 'Revenue, tax included',
      value: main ? money(main.amountMinor, main.currency) : '–',
      note:
        others.length > 0
          ? others.map((one) => `+ ${money(one.amountMinor, one.currency)}`).join(' ')
          : isComparable
            ? shareChange(main.amountMinor, before.amountMinor)
            : null,
    },
    {
      name: 'of it tax',
      value: main ? money(main.taxMinor, main.currency) : '–',
      note: main ? `net ${money(main.amountMinor - main.taxMinor, main.currency)}` : null,
    },
    {
      name: 'Energy',
      value: `${energyShort(sums.energyWh)} kWh`,
      note: before && shareChange(sums.energyWh, before.energyWh),
    },
    {
      name: 'Sessions',
      value: count(sums.sessions),
      note: before && shareChange(sums.sessions, before.sessions),
    },
  ]
}

/** One bar for each day of the period, also of those without a session. */
function barsOf({ fromDay, toDay, sums }: StatementFigures): Bar[] {
  const known = new Map(sums.days.map(({ day, energyWh }) => [day, energyWh]))
  const bars: Bar[] = []
  for (let day = fromDay; day <= toDay; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    bars.push({
      label: `${Number(day.slice(8))}`,
      value: known.get(day) ?? 0,
      isSoft: weekday % 6 === 0,
    })
  }
  return bars
}

const amounts = (name: string, amountMinor: number, taxMinor: number, currency: string | null) => [
  name,
  money(amountMinor - taxMinor, currency),
  money(taxMinor, currency),
  money(amountMinor, currency),
]

function taxRows({ sums }: StatementFigures): string[][] {
  return sums.taxRates.map(({ basisPoints, amountMinor, taxMinor, currency }) => {
    const name =
      basisPoints === null
        ? 'Charging, several rates or none'
        : `Charging, ${basisPoints / 100} % tax`
    return amounts(name, amountMinor, taxMinor, currency)
  })
}

function correctionSum({ sums }: StatementFigures): string[][] {
  if (sums.correctionCount === 0) return []
  return sums.amounts.flatMap(({ currency, correctionMinor }) => {
    const own = sums.taxRates.filter((rate) => rate.currency === currency)
    const total = sums.amounts.find((one) => one.currency === currency)
    const taxMinor = (total?.taxMinor ?? 0) - own.reduce((sum, rate) => sum + rate.taxMinor, 0)
    return [
      amounts(`Corrections (${count(sums.correctionCount)})`, correctionMinor, taxMinor, currency),
    ]
  })
}

function ChargerTable({ figures }: { figures: StatementFigures }) {
  const { sums, siteCount } = figures
  const hasSites = siteCount > 1
  const own = sums.chargers
  const energyWh = own.reduce((sum, row) => sum + row.energyWh, 0)
  const sessions = own.reduce((sum, row) => sum + row.sessions, 0)
  const currencies = [...new Set(own.flatMap(({ currency }) => (currency ? [currency] : [])))]
  const totals = (currencies.length > 0 ? currencies : [null]).map((currency, index) => {
    const rows = own.filter((row) => row.currency === currency)
    const amountMinor = rows.reduce((sum, row) => sum + row.amountMinor, 0)
    const taxMinor = rows.reduce((sum, row) => sum + row.taxMinor, 0)
    const isFirst = index === 0
    return [
      isFirst ? 'All chargers' : '',
      ...(hasSites ? [''] : []),
      isFirst ? count(sessions) : '',
      isFirst ? energy(energyWh) : '',
      money(taxMinor, currency),
      money(amountMinor, currency),
    ]
  })
  return (
    <DataTable
      columns={[
        { title: 'Charger', share: hasSites ? 24 : 40 },
        ...(hasSites ? [{ title: 'Site', share: 20 }] : []),
        { title: 'Sessions', share: 12, isNumber: true },
        { title: 'Energy (kWh)', share: 16, isNumber: true },
        { title: 'Tax', share: 14, isNumber: true },
        { title: 'Total', share: hasSites ? 14 : 18, isNumber: true },
      ]}
      rows={own.map((row) => [
        row.name,
        ...(hasSites ? [row.site ?? ''] : []),
        count(row.sessions),
        energy(row.energyWh),
        money(row.taxMinor, row.currency),
        money(row.amountMinor, row.currency),
      ])}
      totals={totals}
    />
  )
}

function Corrections({ figures }: { figures: StatementFigures }) {
  const { corrections, correctionCount } = figures.sums
  return (
    <Section title="Corrections of earlier periods">
      <DataTable
        columns={[
          { title: 'Session began', share: 24 },
          { title: 'Charger', share: 26 },
          { title: 'Why', share: 20 },
          { title: 'Energy (kWh)', share: 15, isNumber: true },
          { title: 'Total', share: 15, isNumber: true },
        ]}
        rows={corrections.map((one) => [
          instant(one.startedAt, figures.zone),
          one.charger,
          one.kind === 'late' ? 'reported late' : 'changed since',
          energy(one.energyWh),
          money(one.amountMinor, one.currency),
        ])}
      />
      {correctionCount > corrections.length && (
        <Note>{`and ${count(correctionCount - corrections.length)} more; all of them are in the CSV of this statement.`}</Note>
      )}
    </Section>
  )
}

function Comparison({ figures }: { figures: StatementFigures }) {
  const { sums, before } = figures
  const [main] = sums.amounts
  if (!before || !main) return null
  const rows: [string, string, string, string][] = [
    [
      'Energy (kWh)',
      energy(sums.energyWh),
      energy(before.energyWh),
      shareChange(sums.energyWh, before.energyWh),
    ],
    [
      'Sessions',
      count(sums.sessions),
      count(before.sessions),
      shareChange(sums.sessions, before.sessions),
    ],
  ]
  if (before.currency === main.currency)
    rows.push([
      'Revenue',
      money(main.amountMinor, main.currency),
      money(before.amountMinor, before.currency),
      shareChange(main.amountMinor, before.amountMinor),
    ])
  return (
    <DataTable
      columns={[
        { title: '', share: 40 },
        { title: periodWords(figures), share: 20, isNumber: true },
        { title: before.words, share: 20, isNumber: true },
        { title: 'Change', share: 20, isNumber: true },
      ]}
      rows={rows}
    />
  )
}
