import type { CollectionConfig, Field } from 'payload'
import { factDate, factNumber, factText, menu, withCell } from '../fields'

/** What a schedule has issued: a period, its totals and its files. Written by the worker only (SQL), never changed. */
export const Statements: CollectionConfig = {
  slug: 'statements',
  labels: { singular: 'Statement', plural: 'Statements' },
  defaultSort: '-periodFrom',
  admin: {
    group: menu.reports,
    useAsTitle: 'title',
    defaultColumns: ['title', 'status', 'sessionCount', 'energyWh', 'costMinor', 'issuedAt'],
    listSearchableFields: ['title', 'subject'],
    description: 'Every report a schedule has issued: open it, check it, send it again.',
    components: {
      Description: '/src/components/admin/ListIntro#ListIntro',
      views: {
        edit: {
          default: {
            Component: '/src/components/admin/Statements#StatementView',
            tab: { label: 'Statement' },
          },
        },
      },
    },
  },
  fields: [
    { ...factText('publicId', 'Public id'), unique: true },
    factText('title', 'Statement'),
    factText('kind', 'Report'),
    {
      name: 'schedule',
      type: 'relationship',
      relationTo: 'report-schedules',
      index: true,
      label: 'Schedule',
      admin: { readOnly: true },
    },
    factText('subject', 'For'),
    {
      name: 'site',
      type: 'relationship',
      relationTo: 'sites',
      index: true,
      label: 'Site',
      admin: { readOnly: true },
    },
    {
      name: 'organisation',
      type: 'relationship',
      relationTo: 'organisations',
      index: true,
      label: 'Organisation',
      admin: { readOnly: true },
    },
    factText('frequency', 'How often'),
    factDate('periodFrom', 'From'),
    factDate('periodTo', 'Until', 'The first instant that is not in it.'),
    factText('timezone', 'Time zone'),
    withCell(
      factText('status', 'Status', 'queued, closed (figures fixed), issued or failed.'),
      'statement#StatementStatusCell',
    ),
    factDate('issuedAt', 'Issued'),
    factNumber('sessionCount', 'Sessions'),
    withCell(
      factNumber('energyWh', 'Energy', 'In watt-hours over REST: 1000 Wh are 1 kWh.'),
      'figures#EnergyCell',
    ),
    withCell(
      factNumber(
        'costMinor',
        'Total',
        'In the smallest unit of the currency (pence), tax included.',
      ),
      'figures#MoneyCell',
    ),
    factNumber('taxMinor', 'of it tax', 'In the smallest unit of the currency (pence).'),
    factText('currency', 'Currency'),
    factNumber('correctionCount', 'Corrections', 'Lines about sessions of earlier periods.'),
    factNumber('correctionMinor', 'of it corrections', 'In the smallest unit of the currency.'),
    factNumber('heldBackCount', 'Held back', 'Sessions without a final price when it was issued.'),
    factText('sha256', 'Fingerprint', 'Of the figures; /verify/… shows them to who has it.'),
    factDate('paidAt', 'Paid out'),
    factText('error', 'Why it failed'),
  ] as Field[],
}
