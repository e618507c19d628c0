import type { CollectionConfig } from 'payload'
import { checkGrant } from '#hooks/grants/checkGrant'
import { endLoginsOnChange, endLoginsOnDelete, keepOneSuperAdmin } from '#hooks/grants/endLogins'
import { dateField, menu } from './fields'

/** Who may do what, where. Read fresh on every request; kept outside the login document (ADR 0008). */
export const Grants: CollectionConfig = {
  slug: 'grants',
  labels: { singular: 'Access', plural: 'Access' },
  admin: {
    group: menu.userManagement,
    useAsTitle: 'role',
    defaultColumns: ['user', 'role', 'scope', 'regions', 'sites', 'chargers', 'until'],
    description:
      'Gives a user a role for all of the network or for some regions, sites or chargers.',
  },
  hooks: {
    beforeValidate: [checkGrant],
    afterChange: [endLoginsOnChange],
    beforeDelete: [keepOneSuperAdmin],
    afterDelete: [endLoginsOnDelete],
  },
  fields: [
    {
      name: 'user',
      type: 'relationship',
      relationTo: 'users',
      required: true,
      index: true,
      label: 'User',
    },
    {
      name: 'role',
      type: 'select',
      required: true,
      label: 'Role',
      options: [
        { value: 'super-admin', label: 'Super Admin' },
        { value: 'operator', label: 'Operator' },
        { value: 'technician', label: 'Technician' },
        { value: 'site-owner', label: 'Site Owner' },
      ],
      admin: {
        description:
          'Super Admin: everything. Operator: runs the assigned chargers. Technician: sees and controls, changes no settings. Site Owner: sees the assigned sites.',
      },
    },
    {
      name: 'scope',
      type: 'select',
      required: true,
      label: 'Where',
      options: [
        { value: 'all', label: 'Whole network' },
        { value: 'regions', label: 'Some regions' },
        { value: 'sites', label: 'Some sites' },
        { value: 'chargers', label: 'Some chargers' },
      ],
      admin: {
        description:
          'A Super Admin needs the whole network. A region includes sites added to it later.',
      },
    },
    {
      name: 'regions',
      type: 'relationship',
      relationTo: 'regions',
      hasMany: true,
      label: 'Regions',
      admin: { condition: (data) => data?.scope === 'regions' },
    },
    {
      name: 'sites',
      type: 'relationship',
      relationTo: 'sites',
      hasMany: true,
      label: 'Sites',
      admin: { condition: (data) => data?.scope === 'sites' },
    },
    {
      name: 'chargers',
      type: 'relationship',
      relationTo: 'chargers',
      hasMany: true,
      label: 'Chargers',
      admin: { condition: (data) => data?.scope === 'chargers' },
    },
    dateField('from', 'From', 'Empty: at once.'),
    dateField('until', 'Until', 'Empty: until it is taken away.'),
    {
      name: 'note',
      type: 'text',
      label: 'Note',
      admin: { description: 'Why this person has it.' },
    },
  ],
}
