'use client'

import type { NumberFieldClientProps } from 'payload'

import { DecimalField } from './fields/DecimalField'

/** Watt-hours, typed as `12.500` kWh. */
export function EnergyField(props: NumberFieldClientProps) {
  return <DecimalField {...props} digits={3} unit="kWh" />
}
