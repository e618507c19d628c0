import type { CollectionConfig } from 'payload'
import { request } from '#hooks/diagnostics/request'
import { factDate, factNumber, factText, menu, withCell } from './fields'

/** Files that chargers send on request. The bytes lie in the data directory, downloads go through their own route. */
export const Diagnostics: CollectionConfig = {
  slug: 'diagnostics',
  labels: { singular: 'Diagnostics file', plural: 'Diagnostics files' },
  defaultSort: '-createdAt',
  admin: {
    group: menu.diagnose,
    useAsTitle: 'filename',
    defaultColumns: ['charger', 'filename', 'state', 'sizeBytes', 'requestedBy', 'receivedAt'],
    description: 'Logs that chargers uploaded when they were asked to.',
  },
  endpoints: [request],
  fields: [
    {
      name: 'charger',
      type: 'relationship',
      relationTo: 'chargers',
      required: true,
      index: true,
      label: 'Charger',
      admin: { readOnly: true },
    },
    {
      name: 'command',
      type: 'relationship',
      relationTo: 'commands',
      index: true,
      label: 'Command',
      admin: { readOnly: true },
    },
    factText('log', 'What was asked for', 'diagnostics or security.'),
    factText('filename', 'File', 'The name the charger gave it.'),
    // its name on the disk: random, ours, nobody's business
    { name: 'storedAs', type: 'text', hidden: true, access: { read: () => false } },
    withCell(factNumber('sizeBytes', 'Size', 'In bytes: 1 MB is 1000000.'), 'size#SizeCell'),
    factText('sha256', 'SHA-256'),
    {
      ...factText('state', 'State', 'requested, uploading, uploaded or failed.'),
      required: true,
      defaultValue: 'requested',
    },
    {
      name: 'requestedBy',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      label: 'Asked by',
      admin: { readOnly: true },
    },
    factDate('receivedAt', 'Received'),
    factText('reason', 'Failed because'),
  ],
}
