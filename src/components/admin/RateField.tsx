'use client'

import { useFormFields } from '@payloadcms/ui'
import type { NumberFieldClientProps } from 'payload'

import { DecimalField } from './fields/DecimalField'

/** A rate in millionths of the major unit, typed as `0.45`, with its unit beside it. */
export function RateField(props: NumberFieldClientProps) {
  const currency = useFormFields(([fields]) => fields.currency?.value)
  const per = props.path.toLowerCase().includes('time') ? 'minute' : 'kWh'
  const unit = `${typeof currency === 'string' && currency ? currency : 'GBP'} per ${per}`
  return <DecimalField {...props} digits={6} unit={unit} />
}
