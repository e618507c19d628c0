import type { CollectionConfig } from 'payload'
import { factDate, factNumber, factText, menu } from './fields'

/**
 * What people decided about a session afterwards; append only. A session's final cost is its ledger plus these. Made by
 * `POST /api/sessions/:id/corrections`, never through Payload.
 */
export const Corrections: CollectionConfig = {
  slug: 'corrections',
  labels: { singular: 'Correction', plural: 'Corrections' },
  defaultSort: '-createdAt',
  admin: {
    group: menu.hidden,
    useAsTitle: 'reason',
    defaultColumns: ['createdAt', 'session', 'kind', 'amountMinor', 'taxMinor', 'reason'],
    description: 'What was decided about sessions afterwards, by whom and why. Nothing is erased.',
  },
  indexes: [{ fields: ['site', 'createdAt'] }],
  fields: [
    {
      name: 'session',
      type: 'relationship',
      relationTo: 'sessions',
      required: true,
      index: true,
      label: 'Session',
      admin: { readOnly: true },
    },
    {
      name: 'charger',
      type: 'relationship',
      relationTo: 'chargers',
      index: true,
      label: 'Charger',
      admin: { readOnly: true },
    },
    {
      name: 'site',
      type: 'relationship',
      relationTo: 'sites',
      index: false,
      label: 'Site',
      admin: { readOnly: true },
    },
    factText('kind', 'Kind', 'adjustment, settlement, accepted, or price-again.'),
    factNumber('amountMinor', 'Amount before tax', 'In the smallest unit of the currency.'),
    factNumber('taxMinor', 'Tax', 'In the smallest unit of the currency.'),
    factNumber('taxBasisPoints', 'Tax rate', 'In hundredths of a per cent.'),
    factText('currency', 'Currency'),
    factNumber('energyWh', 'Energy (Wh)', 'Added to or taken off the energy of the session.'),
    factText('reason', 'Reason'),
    {
      name: 'madeBy',
      type: 'relationship',
      relationTo: 'users',
      label: 'By',
      admin: { readOnly: true },
    },
    factDate('countsAt', 'Counts from', 'The statement of this day shows it.'),
  ],
}
