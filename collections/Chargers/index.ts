import type { CollectionConfig } from 'payload'
import { checkIdentity } from '#hooks/chargers/checkIdentity'
import { hideState } from '#hooks/chargers/hideState'
import { issueCredential, takePassword } from '#hooks/chargers/issueCredential'
import { rotatePassword } from '#hooks/chargers/rotatePassword'
import { tellChargers, tellOfDelete } from '#hooks/chargers/tell'
import { createTwin, removeTwin } from '#hooks/twins'
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
  hooks: {
    beforeValidate: [checkIdentity],
    beforeChange: [takePassword, createTwin],
    afterRead: [hideState],
    afterChange: [issueCredential, tellChargers],
    beforeDelete: [removeTwin],
    afterDelete: [tellOfDelete],
  },
  endpoints: [rotatePassword],
  fields: chargerFields,
}
