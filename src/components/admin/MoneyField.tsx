'use client'

import { useFormFields } from '@payloadcms/ui'
import type { NumberFieldClientProps } from 'payload'

import { currencyDigits } from '@/domain/money'

import { DecimalField } from './fields/DecimalField'

/** An amount in the currency's smallest unit, typed as `1.50`, with the currency beside it. */
export function MoneyField(props: NumberFieldClientProps) {
  const value = useFormFields(([fields]) => fields.currency?.value)
  const currency = typeof value === 'string' && value ? value : 'GBP'
  return <DecimalField {...props} digits={currencyDigits(currency)} unit={currency} />
}
