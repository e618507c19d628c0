import type { CollectionConfig } from 'payload'
import { checkGrant } from '#hooks/grants/checkGrant'
import { endLoginsOnChange, endLoginsOnDelete, keepOneSuperAdmin } from '#hooks/grants/endLogins'
import { tellAdminsOfChange, tellAdminsOfDelete } from '#hooks/grants/tellAdmins'
import { countAccessChange } from '#hooks/users/turn'
import { grantFields } from './accessFields'
import { menu } from './fields'

/** Who may do what, where. Read fresh on every request; kept outside the login document (ADR 0008). */
export const Grants: CollectionConfig = {
  slug: 'grants',
  labels: { singular: 'Access', plural: 'Access' },
  admin: {
    group: menu.userManagement,
    useAsTitle: 'role',
    defaultColumns: ['user', 'summary', 'note'],
    description:
      'Gives a user a role for all of the network or for some regions, sites or chargers.',
  },
  hooks: {
    beforeValidate: [checkGrant],
    afterChange: [countAccessChange, endLoginsOnChange, tellAdminsOfChange],
    beforeDelete: [keepOneSuperAdmin],
    afterDelete: [countAccessChange, endLoginsOnDelete, tellAdminsOfDelete],
  },
  fields: [
    {
      name: 'summary',
      type: 'ui',
      label: 'May do',
      admin: {
        condition: () => false,
        components: { Cell: '/src/components/admin/Users/GrantCell#GrantCell' },
      },
    },
    {
      name: 'user',
      type: 'relationship',
      relationTo: 'users',
      required: true,
      index: true,
      label: 'User',
    },
    ...grantFields((data) => data, true),
    {
      name: 'note',
      type: 'text',
      label: 'Note',
      admin: { description: 'Why this person has it.' },
    },
  ],
}
