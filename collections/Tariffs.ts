import type { CollectionConfig } from 'payload'
import { checkCurrency } from '#hooks/tariffs/checkCurrency'
import { keepVersion } from '#hooks/tariffs/keepVersion'
import { menu, noteField, wholeNumber } from './fields'

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
  hooks: { beforeValidate: [checkCurrency], afterChange: [keepVersion] },
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
      name: 'example',
      type: 'ui',
      admin: {
        disableListColumn: true,
        components: { Field: '/src/components/admin/Site/TariffExample#TariffExample' },
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
