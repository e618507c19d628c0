/** @jsxRuntime automatic */
import type { Branding } from '@/domain/branding'
import { formatRate } from '@/domain/money'

import { DataTable } from '../render/dataTable'
import { FactList, Note, Paper, Section, Tiles } from '../render/layout'
import { duration, energy, instant, money } from '../render/words'
import type { ReceiptFigures, ReceiptLine } from './figures'

export type ReceiptProps = { branding: Branding; figures: ReceiptFigures }

/** The driver's receipt: what was charged, line by line, so that anybody can add it up. */
export function ReceiptDocument({ branding, figures }: ReceiptProps) {
  const { currency, zone } = figures
  return (
    <Paper
      branding={branding}
      foot={`Receipt for session ${figures.number}${figures.publicId ? ` · ${figures.publicId}` : ''}. Amounts are those of the session’s price lines.`}
      kind={`Receipt ${figures.number}`}
      subtitle={`${figures.site ?? ''}${figures.site ? ' · ' : ''}${figures.charger}`}
      title={`Charging on ${day(figures.startedAt, zone)}`}
    >
      <Tiles
        tiles={[
          {
            name: 'Total, tax included',
            value: money(figures.totalMinor, currency),
            note: `of it tax ${money(figures.taxMinor, currency)}`,
          },
          {
            name: 'Energy',
            value: figures.energyWh === null ? '–' : `${energy(figures.energyWh)} kWh`,
          },
          { name: 'Duration', value: duration(figures.durationSeconds) },
        ]}
      />
      <Section keepTogether title="The charge">
        <FactList
          facts={[
            ['Started', instant(figures.startedAt, zone)],
            ['Ended', instant(figures.stoppedAt, zone)],
            ['Charger', figures.charger],
            ['Connector', figures.connector === null ? null : String(figures.connector)],
            ['Site', figures.site],
            ['Tariff', figures.tariff],
            ['Why it ended', figures.ended],
          ]}
        />
      </Section>
      <Section title="What it comes to">
        <DataTable
          columns={[
            { title: 'For', share: 30 },
            { title: 'Quantity', share: 17, isNumber: true },
            { title: 'Rate', share: 23, isNumber: true },
            { title: 'Net', share: 15, isNumber: true },
            { title: 'Tax', share: 15, isNumber: true },
          ]}
          rows={[...figures.lines.map((line) => lineOf(line, currency)), ...correctionOf(figures)]}
          totals={[
            ['Sum', '', '', money(figures.netMinor, currency), money(figures.taxMinor, currency)],
            ['Total to pay', '', '', '', money(figures.totalMinor, currency)],
          ]}
        />
        <Note>
          {`Times are those of ${zone}. Rates include tax where the tariff says so; net and tax are shown apart.`}
        </Note>
      </Section>
    </Paper>
  )
}

const kinds: Readonly<Record<string, string>> = {
  energy: 'Energy',
  time: 'Time',
  flat: 'Session fee',
  parking: 'Idle time after the charge',
  minimum: 'Up to the minimum price',
  maximum: 'Down to the maximum price',
}

function lineOf(line: ReceiptLine, currency: string): string[] {
  const isEnergy = line.unit === 'Wh'
  const quantity = isEnergy
    ? `${energy(line.quantity)} kWh`
    : line.unit === 's'
      ? duration(line.quantity)
      : '1'
  const per = isEnergy ? ' per kWh' : line.unit === 's' ? ' per min' : ''
  return [
    kinds[line.kind] ?? line.kind,
    quantity,
    `${formatRate(line.rateMicros, currency)}${per}`,
    money(line.amountMinor, currency),
    money(line.taxMinor, currency),
  ]
}

function correctionOf({ correction, currency }: ReceiptFigures): string[][] {
  if (!correction) return []
  return [
    [
      'Correction',
      '',
      '',
      money(correction.netMinor, currency),
      money(correction.taxMinor, currency),
    ],
  ]
}

function day(at: string, zone: string): string {
  return new Date(at).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zone,
  })
}
