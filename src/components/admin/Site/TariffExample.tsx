'use client'

import '../people.css'

import { useAllFormFields } from '@payloadcms/ui'
import { reduceFieldsToValues } from 'payload/shared'

import { isCurrency } from '@/domain/money'
import type { TariffFields } from '@/domain/tariff/fromFields'

import { ExampleCost } from './ExampleCost'

/** The worked example in a tariff's own form: of all that stands in it, the prices under Advanced included. */
export function TariffExample() {
  const [fields] = useAllFormFields()
  const values = reduceFieldsToValues(fields, true) as Partial<TariffFields>
  const { currency } = values
  // the value of a list without rows is their number
  const elements = Array.isArray(values.elements) ? values.elements : []
  const isPriced =
    [values.energyRateMicros, values.timeRateMicros, values.sessionFeeMinor].some(
      (value) => typeof value === 'number',
    ) || elements.length > 0
  return (
    <div className="field-type">
      <ExampleCost
        fields={isPriced && isCurrency(currency) ? { ...values, currency, elements } : null}
      />
    </div>
  )
}
