import type { CollectionConfig, Field, RadioField } from 'payload'
import { forgetAtChargers } from '#hooks/cards/clearCaches'
import { importCards } from '#hooks/cards/importCards'
import { createDriver, noticeNewDriver } from '#hooks/cards/newDriver'
import { formOnly } from '#hooks/formOnly'
import { maskForSome, normaliseUid } from '#hooks/cards/normaliseUid'
import { dateField, menu, noteField, priceGroupField, quietPublicIdField } from './fields'

/** For whom a new card is; only while it is being added. Over REST `newDriver` alone says it. */
const holderField: RadioField = {
  name: 'holder',
  type: 'radio',
  virtual: true,
  label: 'Whose card is it?',
  defaultValue: 'existing',
  options: [
    { value: 'existing', label: 'An existing user' },
    { value: 'new', label: 'Create a new user' },
  ],
  access: { update: () => false },
  admin: {
    readOnly: false,
    layout: 'horizontal',
    condition: (data) => !data?.id,
    disableListColumn: true,
    disableListFilter: true,
  },
}

const newDriverFields: Field[] = [
  {
    name: 'newDriver',
    type: 'group',
    virtual: true,
    label: 'New user',
    access: { update: () => false },
    admin: {
      readOnly: false,
      condition: (data) => !data?.id && data?.holder === 'new',
      disableListColumn: true,
      disableListFilter: true,
    },
    fields: [
      { name: 'name', type: 'text', required: true, label: 'Name' },
      {
        name: 'email',
        type: 'email',
        required: true,
        label: 'E-mail',
        admin: { description: 'The person is found by it: in imports, later in the app.' },
      },
      {
        name: 'phone',
        type: 'text',
        label: 'Phone',
        admin: { description: 'With country code, e.g. +44 20 7946 0000. Optional.' },
      },
    ],
  },
]

export const RfidCards: CollectionConfig = {
  slug: 'rfid-cards',
  labels: { singular: 'Card', plural: 'RFID Management' },
  admin: {
    group: menu.people,
    useAsTitle: 'uid',
    defaultColumns: ['uid', 'label', 'driver', 'fleet', 'vehicle', 'status', 'actions'],
    listSearchableFields: ['uid', 'label'],
    description: 'Cards that start and stop a charge when held to a charger.',
    components: { Description: '/src/components/admin/RfidIntro#RfidIntro' },
  },
  hooks: {
    beforeOperation: [noticeNewDriver],
    beforeValidate: [normaliseUid],
    beforeChange: [createDriver],
    afterChange: [forgetAtChargers],
    afterRead: [formOnly('holder', 'newDriver')],
  },
  endpoints: [importCards],
  fields: [
    {
      name: 'actions',
      type: 'ui',
      label: 'Actions',
      admin: {
        condition: (data) => Boolean(data?.id),
        components: {
          Field: '/src/components/admin/Cards/CardActions#CardActionsField',
          Cell: '/src/components/admin/Cards/CardActions#CardActionsCell',
        },
      },
    },
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
    holderField,
    {
      name: 'driver',
      type: 'relationship',
      relationTo: 'drivers',
      index: true,
      label: 'Driver',
      admin: {
        condition: (data) => data?.holder !== 'new',
        description: 'Whose card it is. Empty: a card of a vehicle, of a fleet, or a spare one.',
      },
    },
    ...newDriverFields,
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
        components: { Cell: '/src/components/admin/Cards/CardStatus#CardStatusCell' },
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
    priceGroupField('Empty: the group of the driver or of the fleet.'),
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
    quietPublicIdField,
    noteField,
  ],
}
