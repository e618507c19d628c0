'use client'

import type { NumberFieldClientProps } from 'payload'

import { DecimalField } from './fields/DecimalField'

/** Watts, typed as `22` kW. */
export function PowerField(props: NumberFieldClientProps) {
  return <DecimalField {...props} digits={3} unit="kW" />
}
