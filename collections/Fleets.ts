import type { CollectionConfig } from 'payload'
import { menu, noteField, priceGroupField, quietPublicIdField } from './fields'

/** People, cards and vehicles that belong together: access to private chargers, and usage, as one. */
export const Fleets: CollectionConfig = {
  slug: 'fleets',
  labels: { singular: 'Fleet', plural: 'Fleets' },
  defaultSort: 'name',
  admin: {
    group: menu.people,
    useAsTitle: 'name',
    defaultColumns: ['name', 'organisation', 'contactEmail', 'site'],
    listSearchableFields: ['name', 'contactEmail'],
    description:
      'Groups of drivers, cards and vehicles: let them into private chargers together and see what they use.',
    components: {
      Description: '/src/components/admin/ListIntro#ListIntro',
      views: {
        edit: {
          default: {
            Component: '/src/components/admin/Fleet#FleetOverview',
            tab: { label: 'Overview', order: 0 },
          },
          settings: {
            Component: '/src/components/admin/Fleet#FleetSettings',
            path: '/settings',
            tab: { label: 'Settings', href: '/settings', order: 90 },
          },
        },
      },
    },
  },
  fields: [
    { name: 'name', type: 'text', required: true, unique: true, label: 'Name' },
    {
      name: 'organisation',
      type: 'relationship',
      relationTo: 'organisations',
      index: true,
      label: 'Organisation',
      admin: { description: 'The company the fleet belongs to.' },
    },
    {
      name: 'contactEmail',
      type: 'email',
      label: 'Contact e-mail',
      admin: { description: 'Whom to write to about this fleet.' },
    },
    priceGroupField('Its drivers and cards pay by it, unless they have one of their own.'),
    {
      name: 'site',
      type: 'relationship',
      relationTo: 'sites',
      index: true,
      label: 'Managed by site',
      admin: {
        position: 'sidebar',
        description: 'Operators of this site may change the fleet. It charges everywhere.',
      },
    },
    quietPublicIdField,
    noteField,
  ],
}
