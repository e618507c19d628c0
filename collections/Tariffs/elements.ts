import type { ArrayField, Field, NumberField, TextField } from 'payload'
import { wholeNumber } from '../fields'

const field = (name: string) => ({ Field: `/src/components/admin/${name}#${name}` })

/** A whole number that people type in another unit: `450000` millionths as 0.45, `22000` W as 22. */
export function amount(
  name: string,
  label: string,
  editor: 'RateField' | 'MoneyField' | 'EnergyField' | 'PowerField' | null,
  description?: string,
): NumberField {
  return {
    name,
    type: 'number',
    validate: wholeNumber,
    min: 0,
    label,
    admin: {
      ...(editor ? { components: field(editor) } : { step: 1 }),
      ...(description ? { description } : {}),
    },
  }
}

const pair = (...fields: (NumberField | TextField)[]): Field => ({
  type: 'row',
  fields: fields.map((one) => ({
    ...one,
    admin: { ...one.admin, width: `${Math.floor(100 / fields.length)}%` },
  })) as Field[],
})

const clock = (name: string, label: string): TextField => ({
  name,
  type: 'text',
  label,
  admin: { placeholder: 'HH:MM' },
})

const calendar = (name: string, label: string): TextField => ({
  name,
  type: 'text',
  label,
  admin: { placeholder: 'YYYY-MM-DD' },
})

export const weekdays = [
  { value: 'mon', label: 'Mon' },
  { value: 'tue', label: 'Tue' },
  { value: 'wed', label: 'Wed' },
  { value: 'thu', label: 'Thu' },
  { value: 'fri', label: 'Fri' },
  { value: 'sat', label: 'Sat' },
  { value: 'sun', label: 'Sun' },
]

/** Prices that hold under conditions; the first that fits wins, the tariff's own prices are the last. */
export const elementsField: ArrayField = {
  name: 'elements',
  type: 'array',
  label: 'Other prices at certain times or loads',
  labels: { singular: 'Other price', plural: 'Other prices' },
  admin: {
    initCollapsed: false,
    description:
      'The first row whose conditions all hold sets the price; what it leaves empty is taken from the rows below it and, last, from the prices above. 0 means free.',
  },
  fields: [
    { name: 'name', type: 'text', label: 'Name', admin: { placeholder: 'Night rate' } },
    pair(
      amount('energyRateMicros', 'Price per kWh', 'RateField'),
      amount('timeRateMicros', 'Price per minute', 'RateField'),
    ),
    pair(
      amount('idleRateMicros', 'Idle, per minute', 'RateField'),
      amount('idleGraceMinutes', 'Idle minutes free of charge', null),
    ),
    amount('sessionFeeMinor', 'Fee per session', 'MoneyField'),
    pair(clock('startTime', 'From (time of day)'), clock('endTime', 'Until')),
    {
      name: 'days',
      type: 'select',
      hasMany: true,
      label: 'On',
      options: weekdays,
      admin: {
        description:
          'Empty: every day. A night that begins on Friday is Friday’s until its end on Saturday.',
      },
    },
    pair(calendar('startDate', 'From (date)'), calendar('endDate', 'Until (not included)')),
    pair(
      amount('minWh', 'From energy', 'EnergyField'),
      amount('maxWh', 'Up to energy', 'EnergyField'),
    ),
    pair(
      amount('minPowerW', 'From power', 'PowerField'),
      amount('maxPowerW', 'Below power', 'PowerField'),
    ),
    pair(
      amount('minMinutes', 'From minute of the session', null),
      amount('maxMinutes', 'Until minute', null),
    ),
  ],
}
