import type { Field, TextField } from 'payload'
import { isClock } from '@/domain/reliability'
import { noteField, publicIdField, timezone } from '../fields'
import { weekdays } from '../Tariffs/elements'

const accessTime = (name: string, label: string, placeholder: string): TextField => ({
  name,
  type: 'text',
  required: true,
  label,
  validate: (value: unknown) =>
    isClock(value) || 'Give a time like 07:00; 24:00 is the end of the day.',
  admin: { width: '50%', placeholder },
})

export const siteFields: Field[] = [
  { name: 'name', type: 'text', required: true, index: true, label: 'Name' },
  {
    name: 'chargerCount',
    type: 'ui',
    label: 'Chargers',
    admin: {
      condition: () => false,
      components: { Cell: '/src/components/admin/Site/ChargerCountCell#ChargerCountCell' },
    },
  },
  {
    name: 'address',
    type: 'text',
    label: 'Address',
    admin: { description: 'As a driver would type it into a map.' },
  },
  {
    type: 'row',
    fields: [
      {
        name: 'latitude',
        type: 'number',
        min: -90,
        max: 90,
        label: 'Latitude',
        admin: {
          step: 0.000001,
          width: '50%',
          description: 'Degrees, north is positive, e.g. 51.507400.',
        },
      },
      {
        name: 'longitude',
        type: 'number',
        min: -180,
        max: 180,
        label: 'Longitude',
        admin: {
          step: 0.000001,
          width: '50%',
          description: 'Degrees, east is positive, e.g. -0.127800.',
        },
      },
    ],
  },
  {
    name: 'timezone',
    type: 'text',
    validate: timezone,
    label: 'Time zone',
    admin: {
      description:
        'IANA name, e.g. Europe/London. Days in reports and off-peak hours follow it. Empty: the zone of the settings.',
    },
  },
  {
    type: 'row',
    fields: [
      {
        name: 'operator',
        type: 'relationship',
        relationTo: 'organisations',
        index: true,
        label: 'Operator',
        filterOptions: { kind: { equals: 'operator' } },
        admin: { width: '50%', description: 'The company that runs the chargers here.' },
      },
      {
        name: 'owner',
        type: 'relationship',
        relationTo: 'organisations',
        index: true,
        label: 'Site owner',
        filterOptions: { kind: { equals: 'site-owner' } },
        admin: { width: '50%', description: 'The company the place belongs to.' },
      },
    ],
  },
  {
    name: 'openingHours',
    type: 'text',
    label: 'Opening hours',
    admin: {
      description:
        'As drivers should read it, e.g. "Mon–Fri 7–22, weekends 9–20". Empty: always open.',
    },
  },
  {
    name: 'accessHours',
    type: 'array',
    label: 'Access hours',
    labels: { singular: 'Hours', plural: 'Hours' },
    admin: {
      initCollapsed: true,
      description:
        'Where drivers can reach the chargers at certain hours only: reliability is measured in these hours. Empty: always.',
    },
    fields: [
      {
        name: 'days',
        type: 'select',
        hasMany: true,
        required: true,
        label: 'Days',
        options: weekdays,
      },
      {
        type: 'row',
        fields: [
          accessTime('from', 'From', 'HH:MM'),
          accessTime('until', 'Until', 'HH:MM; earlier than From: into the next day'),
        ],
      },
    ],
  },
  {
    name: 'chargerTypes',
    type: 'text',
    label: 'Charger types',
    admin: { description: 'In a few words, e.g. "6 × AC 22 kW, 2 × DC 150 kW".' },
  },
  {
    name: 'region',
    type: 'relationship',
    relationTo: 'regions',
    index: true,
    label: 'Region',
    admin: { position: 'sidebar' },
  },
  {
    name: 'tariff',
    type: 'relationship',
    relationTo: 'tariffs',
    index: true,
    label: 'Tariff',
    admin: {
      position: 'sidebar',
      description:
        'What charging costs here, unless a charger or connector has its own. Empty: the default tariff.',
    },
  },
  {
    name: 'freeOfCharge',
    type: 'checkbox',
    defaultValue: false,
    label: 'Charging is free here',
    admin: {
      position: 'sidebar',
      description:
        'Nobody pays at this site, unless a charger, a connector or a price group has a tariff of its own.',
    },
  },
  {
    name: 'keepLocalLists',
    type: 'checkbox',
    defaultValue: false,
    label: 'Keep card lists inside the chargers in step',
    admin: {
      position: 'sidebar',
      description:
        'Chargers that can are told which cards are good here, and of every change: a blocked card is refused even while a charger is offline. Off: nothing is sent unasked.',
    },
  },
  publicIdField,
  noteField,
]
