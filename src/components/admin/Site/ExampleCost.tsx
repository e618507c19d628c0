'use client'

import { useState } from 'react'

import { priceExample, usualExample } from '@/domain/tariff/example'
import type { TariffFields } from '@/domain/tariff/fromFields'

import { money } from '../ui/money'

const words: Readonly<Record<string, string>> = {
  energy: 'energy',
  time: 'time',
  flat: 'fee',
  parking: 'idle',
  minimum: 'up to the least',
  maximum: 'down to the most',
}

/** "20 kWh in 45 minutes costs £9.00": priced by the function that prices sessions, while one types. */
export function ExampleCost({ fields }: { fields: TariffFields | null }) {
  const [kWh, setKWh] = useState(String(usualExample.energyWh / 1000))
  const [minutes, setMinutes] = useState(String(usualExample.minutes))
  const [startsAt, setStartsAt] = useState('12:00')
  const isOfHours = (fields?.elements ?? []).length > 0
  const example = {
    energyWh: Math.round(Number(kWh) * 1000),
    minutes: Number(minutes),
    ...(isOfHours && startsAt && { startsAt }),
  }
  const isReadable =
    example.energyWh >= 0 &&
    example.energyWh <= 1_000_000 &&
    example.minutes > 0 &&
    example.minutes <= 10_000
  const price = fields && isReadable ? priceExample(fields, example) : null
  return (
    <div className="cpms-card cpms-example">
      <span>
        <input
          aria-label="Energy of the example in kWh"
          className="cpms-input cpms-tiny"
          inputMode="decimal"
          onChange={(event) => setKWh(event.target.value.replace(',', '.'))}
          value={kWh}
        />{' '}
        kWh in{' '}
        <input
          aria-label="Minutes of the example"
          className="cpms-input cpms-tiny"
          inputMode="numeric"
          onChange={(event) => setMinutes(event.target.value)}
          value={minutes}
        />{' '}
        minutes
        {isOfHours && (
          <>
            {' '}
            from{' '}
            <input
              aria-label="Start of the example, on a Wednesday"
              className="cpms-input"
              onChange={(event) => setStartsAt(event.target.value)}
              type="time"
              value={startsAt}
            />
          </>
        )}{' '}
        costs{' '}
        <output className="cpms-example-sum">
          {price ? money(price.totalMinor, price.currency) : '–'}
        </output>
      </span>
      <small className="cpms-muted" role="status">
        {price?.needsReview ??
          (price
            ? [
                price.lines
                  .map(
                    (line) =>
                      `${words[line.kind] ?? line.kind} ${money(line.amountMinor + line.taxMinor, price.currency)}`,
                  )
                  .join(' + '),
                price.taxMinor ? `of it tax ${money(price.taxMinor, price.currency)}` : '',
              ]
                .filter(Boolean)
                .join(', ')
            : 'Give a price to see what this charge comes to.')}
      </small>
    </div>
  )
}
