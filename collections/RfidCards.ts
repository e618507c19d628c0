import type { CollectionConfig } from 'payload'
import { maskForSome, normaliseUid } from '#hooks/cards/normaliseUid'
import { dateField, menu, noteField } from './fields'

export const RfidCards: CollectionConfig = {
  slug: 'rfid-cards',
  labels: { singular: 'Card', plural: 'RFID Management' },
  admin: {
    group: menu.people,
    useAsTitle: 'uid',
    defaultColumns: ['uid', 'label', 'driver', 'status', 'site', 'expiresAt'],
    listSearchableFields: ['uid', 'label'],
    description: 'Cards that start and stop a charge when held to a charger.',
    components: { Description: '/src/components/admin/RfidIntro#RfidIntro' },
  },
  hooks: { beforeValidate: [normaliseUid] },
  fields: [
    {
      name: 'uid',
      type: 'text',
      required: true,
      unique: true,
      label: 'UID',
      hooks: { afterRead: [maskForSome] },
      admin: {
        description:
          'The number of the card as the charger reads it, e.g. 04A2B3C4D5E680. Spaces, colons and case do not matter.',
      },
    },
    {
      name: 'label',
      type: 'text',
      label: 'Label',
      admin: { description: 'What is written on the card.' },
    },
    {
      name: 'driver',
      type: 'relationship',
      relationTo: 'drivers',
      index: true,
      label: 'Driver',
      admin: { description: 'Whose card it is. A new driver can be created from here.' },
    },
    {
      name: 'vehicle',
      type: 'relationship',
      relationTo: 'vehicles',
      index: true,
      label: 'Vehicle',
      admin: { description: 'For a card that stays in a car, whoever drives it.' },
    },
    {
      name: 'fleet',
      type: 'relationship',
      relationTo: 'fleets',
      index: true,
      label: 'Fleet',
      admin: { description: 'For a card of the whole fleet. A driver’s own fleet counts as well.' },
    },
    {
      name: 'status',
      type: 'select',
      required: true,
      defaultValue: 'active',
      label: 'Status',
      options: [
        { value: 'active', label: 'Active' },
        { value: 'blocked', label: 'Blocked' },
        { value: 'lost', label: 'Lost' },
        { value: 'expired', label: 'Expired' },
      ],
      admin: {
        position: 'sidebar',
        description: 'Anything but Active is refused at the next tap.',
      },
    },
    dateField('expiresAt', 'Expires', 'Refused from this moment on. Empty: never.'),
    {
      name: 'parentIdTag',
      type: 'text',
      index: true,
      label: 'Group id',
      admin: {
        description:
          'Cards with the same group id may stop each other’s sessions (OCPP parentIdTag, up to 20 characters).',
      },
    },
    {
      name: 'oneSessionAtATime',
      type: 'checkbox',
      defaultValue: false,
      label: 'One session at a time',
      admin: { description: 'Refuse this card while it is already charging somewhere else.' },
    },
    {
      name: 'site',
      type: 'relationship',
      relationTo: 'sites',
      index: true,
      label: 'Managed by site',
      admin: {
        position: 'sidebar',
        description: 'Operators of this site may change the card. It works everywhere.',
      },
    },
    noteField,
  ],
}
