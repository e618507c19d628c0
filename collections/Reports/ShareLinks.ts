import type { CollectionConfig, Field } from 'payload'
import { factDate, factNumber, factText, menu } from '../fields'

/** Links given to people without a login. The key of a link is kept as a hash, outside this row. */
export const ShareLinks: CollectionConfig = {
  slug: 'share-links',
  labels: { singular: 'Shared link', plural: 'Shared links' },
  defaultSort: '-createdAt',
  admin: {
    group: menu.reports,
    useAsTitle: 'title',
    defaultColumns: [
      'title',
      'sharedWith',
      'sharedBy',
      'createdAt',
      'expiresAt',
      'lastOpenedAt',
      'revokedAt',
    ],
    description: 'Who was given a link to what, until when, and when it was opened last.',
  },
  fields: [
    factText('title', 'What'),
    {
      name: 'statement',
      type: 'relationship',
      relationTo: 'statements',
      index: true,
      label: 'Statement',
      admin: { readOnly: true },
    },
    factText('sharedWith', 'Given to'),
    {
      name: 'sharedBy',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      label: 'By',
      admin: { readOnly: true },
    },
    factDate('expiresAt', 'Expires'),
    factDate('revokedAt', 'Revoked'),
    factDate('lastOpenedAt', 'Opened last'),
    factNumber('openedCount', 'Times opened'),
  ] as Field[],
}
