import type { CollectionConfig } from 'payload'
import { checkBudget } from '#hooks/budgets/checkBudget'
import { menu, noteField, wholeNumber } from './fields'

/** How much a card, a driver or a fleet may charge in a while, and what happens when it is used up. */
export const Budgets: CollectionConfig = {
  slug: 'budgets',
  labels: { singular: 'Budget', plural: 'Budgets' },
  defaultSort: 'name',
  admin: {
    group: menu.people,
    useAsTitle: 'name',
    defaultColumns: ['name', 'used', 'fleet', 'driver', 'card', 'period'],
    description:
      'What a card, a driver or a fleet may spend: a warning on the way, and a stop at the end if you want one. A charge counts in the period in which it began, with what was corrected afterwards.',
  },
  hooks: { beforeChange: [checkBudget] },
  fields: [
    {
      name: 'used',
      type: 'ui',
      label: 'Used',
      admin: {
        condition: (data) => Boolean(data?.id),
        components: {
          Field: '/src/components/admin/Budgets/UsedCell#UsedField',
          Cell: '/src/components/admin/Budgets/UsedCell#UsedCell',
        },
      },
    },
    { name: 'name', type: 'text', required: true, label: 'Name' },
    {
      type: 'row',
      fields: [
        {
          name: 'fleet',
          type: 'relationship',
          relationTo: 'fleets',
          index: true,
          label: 'Fleet',
          admin: { width: '33%', description: 'Or a driver, or a card: one of the three.' },
        },
        {
          name: 'driver',
          type: 'relationship',
          relationTo: 'drivers',
          index: true,
          label: 'Driver',
          admin: { width: '33%' },
        },
        {
          name: 'card',
          type: 'relationship',
          relationTo: 'rfid-cards',
          index: true,
          label: 'Card',
          admin: { width: '33%' },
        },
      ],
    },
    {
      name: 'period',
      type: 'select',
      required: true,
      defaultValue: 'month',
      label: 'Every',
      options: [
        { value: 'day', label: 'Day' },
        { value: 'week', label: 'Week (from Monday)' },
        { value: 'month', label: 'Month' },
      ],
      admin: { description: 'It begins anew at midnight, in the time zone of the settings.' },
    },
    {
      name: 'measure',
      type: 'select',
      required: true,
      defaultValue: 'money',
      label: 'Counted in',
      options: [
        { value: 'money', label: 'Money' },
        { value: 'energy', label: 'Energy' },
      ],
    },
    {
      name: 'currency',
      type: 'text',
      defaultValue: 'GBP',
      label: 'Currency',
      admin: {
        condition: (data) => data?.measure !== 'energy',
        description: 'Three letters (ISO 4217). Sessions in other currencies do not count.',
      },
    },
    {
      name: 'limitMinor',
      type: 'number',
      validate: wholeNumber,
      min: 1,
      label: 'Limit',
      admin: {
        condition: (data) => data?.measure !== 'energy',
        components: { Field: '/src/components/admin/MoneyField#MoneyField' },
        description: 'With tax. Over REST in the smallest unit of the currency: £50.00 is 5000.',
      },
    },
    {
      name: 'limitWh',
      type: 'number',
      validate: wholeNumber,
      min: 1,
      label: 'Limit',
      admin: {
        condition: (data) => data?.measure === 'energy',
        components: { Field: '/src/components/admin/EnergyField#EnergyField' },
        description: 'Over REST in watt-hours: 100 kWh are 100000.',
      },
    },
    {
      name: 'warnAtPercent',
      type: 'number',
      validate: wholeNumber,
      min: 1,
      max: 100,
      defaultValue: 80,
      label: 'Warn at (%)',
      admin: { description: 'A mail goes out when so much of it is used. Empty: no warning.' },
    },
    {
      name: 'whenSpent',
      type: 'select',
      required: true,
      defaultValue: 'warn',
      label: 'When it is used up',
      options: [
        { value: 'warn', label: 'Tell, and let them charge on' },
        { value: 'stop', label: 'Tell, stop the charge and refuse new ones' },
      ],
    },
    {
      name: 'emails',
      type: 'text',
      hasMany: true,
      label: 'Tell',
      admin: {
        description:
          'E-mail addresses. Empty: the driver, or the contact of the fleet. Type one and press Enter.',
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
        description: 'Operators of this site may change the budget. It counts everywhere.',
      },
    },
    noteField,
  ],
}
