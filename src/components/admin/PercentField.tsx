'use client'

import type { NumberFieldClientProps } from 'payload'

import { DecimalField } from './fields/DecimalField'

/** Hundredths of a per cent, typed as `20.00`, with the sign beside it. */
export function PercentField(props: NumberFieldClientProps) {
  return <DecimalField {...props} digits={2} unit="%" />
}
