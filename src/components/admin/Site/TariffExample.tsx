'use client'

import '../people.css'

import { useFormFields } from '@payloadcms/ui'

import { isCurrency } from '@/domain/money'

import { ExampleCost } from './ExampleCost'

const names = [
  'currency',
  'energyRateMicros',
  'timeRateMicros',
  'sessionFeeMinor',
  'taxBasisPoints',
  'taxIncluded',
] as const

/** The worked example in a tariff's own form. */
export function TariffExample() {
  const values = useFormFields(([fields]) =>
    JSON.stringify(names.map((name) => fields[name]?.value)),
  )
  const [currency, energy, time, fee, tax, included] = JSON.parse(values) as unknown[]
  const amount = (value: unknown) => (typeof value === 'number' ? value : null)
  const isPriced = [energy, time, fee].some((value) => typeof value === 'number')
  return (
    <div className="field-type">
      <ExampleCost
        fields={
          isCurrency(currency) && isPriced
            ? {
                currency,
                energyRateMicros: amount(energy),
                timeRateMicros: amount(time),
                sessionFeeMinor: amount(fee),
                taxBasisPoints: amount(tax),
                taxIncluded: included !== false,
              }
            : null
        }
      />
    </div>
  )
}
