import type { CollectionConfig } from 'payload'
import { checkCurrency } from '#hooks/tariffs/checkCurrency'
import { keepVersion } from '#hooks/tariffs/keepVersion'
import { preview } from '#hooks/tariffs/preview'
import { checkPrices } from '#hooks/tariffs/checkPrices'
import { menu, noteField, wholeNumber } from '../fields'
import { amount, elementsField } from './elements'

const rate = {
  Field: '/src/components/admin/RateField#RateField',
  Cell: '/src/components/admin/cells/figures#RateCell',
}
const money = {
  Field: '/src/components/admin/MoneyField#MoneyField',
  Cell: '/src/components/admin/cells/figures#MoneyCell',
}

export const Tariffs: CollectionConfig = {
  slug: 'tariffs',
  labels: { singular: 'Tariff', plural: 'Tariffs' },
  admin: {
    group: menu.charging,
    useAsTitle: 'name',
    defaultColumns: ['name', 'currency', 'energyRateMicros', 'timeRateMicros', 'sessionFeeMinor'],
    description:
      'What charging costs. A session keeps the tariff it began with; a change counts for sessions started afterwards.',
  },
  endpoints: [preview],
  hooks: {
    beforeValidate: [checkCurrency],
    beforeChange: [checkPrices],
    afterChange: [keepVersion],
  },
  fields: [
    { name: 'name', type: 'text', required: true, label: 'Name' },
    {
      name: 'currency',
      type: 'text',
      required: true,
      defaultValue: 'GBP',
      label: 'Currency',
      admin: { description: 'Three letters (ISO 4217): GBP, EUR, USD.' },
    },
    {
      name: 'energyRateMicros',
      type: 'number',
      validate: wholeNumber,
      min: 0,
      label: 'Price per kWh',
      admin: {
        components: rate,
        description: 'For each kWh. Over REST in millionths of the currency: £0.45 is 450000.',
      },
    },
    {
      name: 'timeRateMicros',
      type: 'number',
      validate: wholeNumber,
      min: 0,
      label: 'Price per minute',
      admin: {
        components: rate,
        description: 'For each minute from start to stop. Over REST in millionths: £0.05 is 50000.',
      },
    },
    {
      name: 'sessionFeeMinor',
      type: 'number',
      validate: wholeNumber,
      min: 0,
      label: 'Fee per session',
      admin: {
        components: money,
        description:
          'Once per session. Over REST in the smallest unit of the currency: £1.00 is 100.',
      },
    },
    {
      name: 'taxBasisPoints',
      type: 'number',
      validate: wholeNumber,
      min: 0,
      max: 10000,
      defaultValue: 2000,
      label: 'Tax',
      admin: {
        components: { Field: '/src/components/admin/PercentField#PercentField' },
        description: 'Over REST in hundredths of a per cent: 20 % is 2000.',
      },
    },
    {
      name: 'taxIncluded',
      type: 'checkbox',
      defaultValue: true,
      label: 'Prices include tax',
      admin: { description: 'Off: tax is added on top.' },
    },
    {
      type: 'collapsible',
      label: 'Advanced',
      admin: { initCollapsed: true },
      fields: [
        amount(
          'idleRateMicros',
          'Idle after the charge, per minute',
          'RateField',
          'While the car stays connected after it has finished charging.',
        ),
        amount('idleGraceMinutes', 'Idle minutes free of charge', null),
        amount('minMinor', 'Costs at least', 'MoneyField', 'With tax, for a session with energy.'),
        amount('maxMinor', 'Costs at most', 'MoneyField', 'With tax.'),
        amount(
          'energyStepWh',
          'Energy billed in steps of',
          'EnergyField',
          'The last step is billed whole. Empty: to the watt-hour.',
        ),
        amount(
          'timeStepSeconds',
          'Time billed in steps of (seconds)',
          null,
          'The last step is billed whole: 60 bills every minute begun. Empty: to the second.',
        ),
        elementsField,
      ],
    },
    {
      name: 'example',
      type: 'ui',
      admin: {
        disableListColumn: true,
        components: { Field: '/src/components/admin/Site/TariffExample#TariffExample' },
      },
    },
    {
      name: 'preview',
      type: 'ui',
      admin: {
        disableListColumn: true,
        condition: (data) => Boolean(data?.id),
        components: { Field: '/src/components/admin/Tariffs/TryOnPast#TryOnPast' },
      },
    },
    {
      name: 'site',
      type: 'relationship',
      relationTo: 'sites',
      index: true,
      label: 'Managed by site',
      admin: {
        position: 'sidebar',
        description: 'Operators of this site may change the tariff. Empty: Super Admins only.',
      },
    },
    noteField,
  ],
}
