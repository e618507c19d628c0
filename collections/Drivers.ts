import type { CollectionConfig } from 'payload'
import { forgetCardsAtChargers } from '#hooks/cards/clearCaches'
import { postToWallet, showWallet } from '#hooks/drivers/wallet'
import { menu, noteField, priceGroupField, publicIdField } from './fields'

export const Drivers: CollectionConfig = {
  slug: 'drivers',
  labels: { singular: 'Driver', plural: 'Drivers' },
  admin: {
    group: menu.people,
    useAsTitle: 'name',
    defaultColumns: ['name', 'email', 'phone', 'fleet', 'status', 'site'],
    listSearchableFields: ['name', 'email', 'phone'],
    description: 'People who charge. They do not sign in to this panel.',
    // one row per charge of somebody without an account: its sessions name it, the list does not
    baseFilter: () => ({ isGuest: { not_equals: true } }),
  },
  hooks: { afterChange: [forgetCardsAtChargers] },
  endpoints: [showWallet, postToWallet],
  fields: [
    { name: 'name', type: 'text', required: true, index: true, label: 'Name' },
    { name: 'email', type: 'email', required: true, unique: true, label: 'E-mail' },
    { name: 'phone', type: 'text', label: 'Phone' },
    {
      name: 'status',
      type: 'select',
      required: true,
      defaultValue: 'active',
      label: 'Status',
      options: [
        { value: 'active', label: 'Active' },
        { value: 'suspended', label: 'Suspended' },
      ],
      admin: { position: 'sidebar', description: 'The cards of a suspended driver are refused.' },
    },
    {
      name: 'fleet',
      type: 'relationship',
      relationTo: 'fleets',
      index: true,
      label: 'Fleet',
      admin: {
        position: 'sidebar',
        description: 'Private chargers that let the fleet in let this driver in.',
      },
    },
    priceGroupField('Empty: the group of the fleet, or the usual price.'),
    {
      name: 'site',
      type: 'relationship',
      relationTo: 'sites',
      index: true,
      label: 'Managed by site',
      admin: { position: 'sidebar', description: 'Operators of this site may change the driver.' },
    },
    {
      name: 'isGuest',
      type: 'checkbox',
      defaultValue: false,
      label: 'Guest',
      admin: { hidden: true, readOnly: true, disableListColumn: true },
      access: { create: () => false, update: () => false },
    },
    publicIdField,
    noteField,
    {
      name: 'cards',
      type: 'ui',
      label: 'Cards',
      admin: {
        disableListColumn: true,
        condition: (data) => Boolean(data?.id),
        components: { Field: '/src/components/admin/Cards/DriverCards#DriverCards' },
      },
    },
    {
      name: 'wallet',
      type: 'ui',
      label: 'Wallet',
      admin: {
        disableListColumn: true,
        condition: (data) => Boolean(data?.id),
        components: { Field: '/src/components/admin/Wallet/DriverWallet#DriverWallet' },
      },
    },
  ],
}
