import type { CollectionConfig } from 'payload'
import { checkExemption } from '#hooks/reports/checkExemption'
import { exemptReasons } from '@/domain/reliability'
import { dateField, menu, wholeNumber } from './fields'

/** Times that do not count against a charger: somebody else's power cut, a road that was closed. */
export const ExemptPeriods: CollectionConfig = {
  slug: 'exempt-periods',
  labels: { singular: 'Exempt period', plural: 'Exempt periods' },
  defaultSort: '-from',
  admin: {
    group: menu.reports,
    useAsTitle: 'explanation',
    defaultColumns: ['charger', 'connectorId', 'from', 'until', 'reason', 'explanation'],
    description:
      'Times that the reliability report leaves out, each with its reason. They are in the audit log and counted in the report.',
  },
  hooks: { beforeChange: [checkExemption] },
  fields: [
    {
      type: 'row',
      fields: [
        {
          name: 'charger',
          type: 'relationship',
          relationTo: 'chargers',
          required: true,
          index: true,
          label: 'Charger',
          admin: { width: '50%' },
        },
        {
          name: 'connectorId',
          type: 'number',
          validate: wholeNumber,
          min: 1,
          label: 'Connector',
          admin: { width: '50%', step: 1, description: 'Its number. Empty: all of the charger.' },
        },
      ],
    },
    { ...dateField('from', 'From'), required: true } as CollectionConfig['fields'][number],
    dateField('until', 'Until', 'Empty: it still goes on.'),
    {
      name: 'reason',
      type: 'select',
      required: true,
      label: 'Reason',
      options: exemptReasons.map(({ value, label }) => ({ value, label })),
    },
    {
      name: 'explanation',
      type: 'text',
      required: true,
      maxLength: 300,
      label: 'What happened',
      admin: {
        description:
          'For whoever checks the figures, e.g. "Power cut by the network operator, reference 4711".',
      },
    },
  ],
}
