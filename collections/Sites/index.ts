import type { CollectionConfig } from 'payload'
import { menu } from '../fields'
import { siteFields } from './fields'

export const Sites: CollectionConfig = {
  slug: 'sites',
  labels: { singular: 'Site', plural: 'Sites' },
  admin: {
    group: menu.network,
    useAsTitle: 'name',
    defaultColumns: ['name', 'address', 'region', 'operator', 'owner', 'tariff'],
    listSearchableFields: ['name', 'address'],
    description: 'Places with chargers: where they are, whose they are, what charging costs there.',
  },
  fields: siteFields,
}
