import type { CollectionConfig } from 'payload'
import { menu } from '../fields'
import { chargerFields } from './fields'

export const Chargers: CollectionConfig = {
  slug: 'chargers',
  labels: { singular: 'Charger', plural: 'Chargers' },
  admin: {
    group: menu.network,
    useAsTitle: 'name',
    defaultColumns: ['status', 'name', 'site', 'identity', 'lastSeenAt', 'firmwareVersion'],
    listSearchableFields: ['name', 'identity', 'serialNumber'],
    description:
      'Every charger of the network with its present state. Green: available or charging. Red: fault. Grey: offline.',
  },
  fields: chargerFields,
}
