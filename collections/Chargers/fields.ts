import type { Field } from 'payload'
import { seesAll } from '#hooks/access/fieldByPolicy'
import { noteField, publicIdField } from '../fields'
import { accessFields } from './accessFields'
import { securityFields } from './securityFields'
import { chargerStateFields } from './stateFields'

export const chargerFields: Field[] = [
  ...chargerStateFields,
  {
    name: 'name',
    type: 'text',
    required: true,
    index: true,
    label: 'Name',
    admin: {
      components: { Cell: '/src/components/admin/cells/NameCell#NameCell' },
      description:
        'What people call it: "Villa Charger", "Parking Bay 3". Shown in the app and in reports.',
    },
  },
  {
    name: 'identity',
    type: 'text',
    required: true,
    unique: true,
    label: 'Identity',
    access: { read: seesAll('chargers') },
    admin: {
      description:
        'The last part of the OCPP address set in the charger, 1 to 48 characters. Upper and lower case are the same charger.',
    },
  },
  {
    name: 'serialNumber',
    type: 'text',
    index: true,
    label: 'Serial number',
    access: { read: seesAll('chargers') },
    admin: {
      description: 'From the type plate. What the charger itself reports is shown on its page.',
    },
  },
  {
    name: 'password',
    type: 'text',
    virtual: true,
    label: 'OCPP password',
    access: { read: () => false },
    admin: {
      condition: (data) => !data?.id,
      description:
        'At least 16 characters, entered in the charger as well. Empty: a strong one is made and shown once after saving.',
    },
  },
  {
    name: 'connection',
    type: 'ui',
    admin: {
      disableListColumn: true,
      components: { Field: '/src/components/admin/NewCharger/ConnectionField#ConnectionField' },
    },
  },
  {
    name: 'site',
    type: 'relationship',
    relationTo: 'sites',
    required: true,
    index: true,
    label: 'Site',
    admin: { position: 'sidebar' },
  },
  {
    name: 'visibility',
    type: 'select',
    required: true,
    defaultValue: 'private',
    label: 'Mode',
    options: [
      { value: 'public', label: 'Public' },
      { value: 'private', label: 'Private Mode' },
    ],
    admin: {
      position: 'sidebar',
      description:
        'Public: visible on the app’s map and usable by anyone. Private Mode: hidden; only these people, groups and cards.',
    },
  },
  {
    name: 'tariff',
    type: 'relationship',
    relationTo: 'tariffs',
    index: true,
    label: 'Tariff',
    admin: { position: 'sidebar', description: 'Empty: the tariff of the site.' },
  },
  {
    name: 'freeOfCharge',
    type: 'checkbox',
    defaultValue: false,
    label: 'Charging is free here',
    admin: {
      position: 'sidebar',
      description: 'Nobody pays at this charger, whatever the tariff of the site.',
    },
  },
  ...accessFields,
  {
    name: 'configurationTemplate',
    type: 'relationship',
    relationTo: 'configuration-templates',
    index: true,
    label: 'Configuration template',
    access: { read: seesAll('chargers') },
    admin: {
      position: 'sidebar',
      condition: (data) => Boolean(data?.id),
      description: 'How this charger should be set. Empty: the one of its vendor and model.',
    },
  },
  {
    name: 'assumesOcpp16',
    type: 'checkbox',
    defaultValue: false,
    label: 'Speaks OCPP 1.6 without saying so',
    access: { read: seesAll('chargers') },
    admin: {
      position: 'sidebar',
      condition: (data) => Boolean(data?.id),
      description:
        'For a charger that connects without naming its protocol: it is let in as OCPP 1.6.',
    },
  },
  ...securityFields,
  publicIdField,
  noteField,
]
