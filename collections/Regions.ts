import type { CollectionConfig } from 'payload'
import { menu } from './fields'

export const Regions: CollectionConfig = {
  slug: 'regions',
  labels: { singular: 'Region', plural: 'Regions' },
  admin: {
    group: menu.network,
    useAsTitle: 'name',
    defaultColumns: ['name', 'description'],
    description:
      'Areas of the network. An operator can be given a region and with it all sites in it.',
  },
  fields: [
    { name: 'name', type: 'text', required: true, unique: true, label: 'Name' },
    { name: 'description', type: 'textarea', label: 'Description' },
    {
      name: 'sites',
      type: 'ui',
      label: 'Sites',
      admin: {
        disableListColumn: true,
        condition: (data) => Boolean(data?.id),
        components: { Field: '/src/components/admin/Site/SitesOf#SitesOfRegion' },
      },
    },
  ],
}
