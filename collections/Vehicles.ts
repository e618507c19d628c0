import type { CollectionConfig } from 'payload'
import { menu, noteField, quietPublicIdField } from './fields'

export const Vehicles: CollectionConfig = {
  slug: 'vehicles',
  labels: { singular: 'Vehicle', plural: 'Vehicles' },
  defaultSort: 'registration',
  admin: {
    group: menu.people,
    useAsTitle: 'registration',
    defaultColumns: ['registration', 'name', 'fleet', 'driver', 'site'],
    listSearchableFields: ['registration', 'name'],
    description: 'Cars and vans that have a card of their own or belong to a fleet.',
  },
  fields: [
    {
      name: 'registration',
      type: 'text',
      required: true,
      unique: true,
      label: 'Registration',
      admin: { description: 'The number plate, e.g. AB12 CDE.' },
    },
    {
      name: 'name',
      type: 'text',
      label: 'Name',
      admin: { description: 'What people call it: "Van 3".' },
    },
    {
      name: 'fleet',
      type: 'relationship',
      relationTo: 'fleets',
      index: true,
      label: 'Fleet',
    },
    {
      name: 'driver',
      type: 'relationship',
      relationTo: 'drivers',
      index: true,
      label: 'Driver',
      admin: { description: 'Who drives it. Empty: whoever has its card.' },
    },
    {
      name: 'site',
      type: 'relationship',
      relationTo: 'sites',
      index: true,
      label: 'Managed by site',
      admin: { position: 'sidebar', description: 'Operators of this site may change the vehicle.' },
    },
    quietPublicIdField,
    noteField,
  ],
}
