import type { CollectionConfig } from 'payload'
import { menu } from './fields'

export const Organisations: CollectionConfig = {
  slug: 'organisations',
  labels: { singular: 'Organisation', plural: 'Organisations' },
  admin: {
    group: menu.network,
    useAsTitle: 'name',
    defaultColumns: ['name', 'kind', 'email'],
    description: 'Companies that run sites (operators) and companies that own them (site owners).',
  },
  fields: [
    { name: 'name', type: 'text', required: true, label: 'Name' },
    {
      name: 'kind',
      type: 'select',
      required: true,
      label: 'Kind',
      defaultValue: 'site-owner',
      options: [
        { value: 'operator', label: 'Operator' },
        { value: 'site-owner', label: 'Site owner' },
      ],
    },
    {
      name: 'email',
      type: 'email',
      label: 'E-mail',
      admin: { description: 'Where statements and reports go.' },
    },
    { name: 'phone', type: 'text', label: 'Phone' },
    {
      name: 'sites',
      type: 'ui',
      label: 'Sites',
      admin: {
        disableListColumn: true,
        condition: (data) => Boolean(data?.id),
        components: { Field: '/src/components/admin/Site/SitesOf#SitesOfOrganisation' },
      },
    },
  ],
}
