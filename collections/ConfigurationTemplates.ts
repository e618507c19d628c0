import type { CollectionConfig } from 'payload'
import { checkTemplate } from '#hooks/chargers/checkTemplate'
import { menu } from './fields'

/** How chargers of a kind should be set; the charger's Configuration tab compares what it reads with it. */
export const ConfigurationTemplates: CollectionConfig = {
  slug: 'configuration-templates',
  labels: { singular: 'Configuration template', plural: 'Configuration templates' },
  defaultSort: 'name',
  admin: {
    group: menu.diagnose,
    useAsTitle: 'name',
    defaultColumns: ['name', 'vendor', 'model', 'updatedAt'],
    description: 'How chargers of a make and model should be set, to compare with and to apply.',
  },
  hooks: { beforeValidate: [checkTemplate] },
  fields: [
    { name: 'name', type: 'text', required: true, unique: true, label: 'Name' },
    {
      name: 'vendor',
      type: 'text',
      label: 'Vendor',
      admin: { description: 'As the chargers report it. Empty: any.' },
    },
    {
      name: 'model',
      type: 'text',
      label: 'Model',
      admin: { description: 'As the chargers report it. Empty: any of this vendor.' },
    },
    {
      name: 'entries',
      type: 'array',
      label: 'Settings',
      labels: { singular: 'Setting', plural: 'Settings' },
      maxRows: 200,
      fields: [
        {
          type: 'row',
          fields: [
            {
              name: 'key',
              type: 'text',
              required: true,
              maxLength: 50,
              label: 'Key',
              admin: { width: '50%', description: 'As OCPP 1.6 spells it: HeartbeatInterval.' },
            },
            {
              name: 'value',
              type: 'text',
              required: true,
              maxLength: 500,
              label: 'Value',
              admin: { width: '50%', description: 'As text; seconds, watts as the key wants it.' },
            },
          ],
        },
      ],
    },
  ],
}
