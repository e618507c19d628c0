import type { CollectionConfig } from 'payload'
import { hideState } from '#hooks/chargers/hideState'
import { createTwin, removeTwin } from '#hooks/twins'
import { menu, publicIdField, wholeNumber } from './fields'

/** Inserted by facts when a charger first names one; people give it a label, a code and a price. */
export const Connectors: CollectionConfig = {
  slug: 'connectors',
  labels: { singular: 'Connector', plural: 'Connectors' },
  admin: {
    group: menu.hidden,
    useAsTitle: 'label',
    defaultColumns: ['charger', 'connectorId', 'label', 'code', 'status', 'maxPowerW'],
    description: 'The plugs of the chargers. A charger adds them itself when it reports them.',
  },
  indexes: [{ fields: ['charger', 'connectorId'], unique: true }],
  hooks: { beforeChange: [createTwin], afterRead: [hideState], beforeDelete: [removeTwin] },
  fields: [
    {
      name: 'charger',
      type: 'relationship',
      relationTo: 'chargers',
      required: true,
      index: true,
      label: 'Charger',
    },
    {
      name: 'connectorId',
      type: 'number',
      validate: wholeNumber,
      required: true,
      min: 1,
      label: 'Number',
      admin: { step: 1, description: '1, 2, …: the number the charger uses for it.' },
    },
    {
      name: 'label',
      type: 'text',
      label: 'Label',
      admin: { description: 'What is written beside the plug, e.g. "Left".' },
    },
    {
      name: 'code',
      type: 'text',
      unique: true,
      label: 'Printed code',
      admin: { description: 'Short code on the sticker that drivers type or scan.' },
    },
    {
      name: 'standard',
      type: 'text',
      label: 'Plug',
      admin: { description: 'E.g. Type 2, CCS, CHAdeMO.' },
    },
    {
      name: 'maxPowerW',
      type: 'number',
      validate: wholeNumber,
      min: 0,
      label: 'Maximum power (W)',
      admin: {
        step: 1,
        description: 'In watts: 22 kW is 22000. Readings far above it are put up for review.',
      },
    },
    {
      name: 'tariff',
      type: 'relationship',
      relationTo: 'tariffs',
      index: true,
      label: 'Tariff',
      admin: { description: 'Empty: the tariff of the charger.' },
    },
    publicIdField,
    {
      name: 'status',
      type: 'text',
      virtual: 'state.status',
      label: 'Status',
      admin: { readOnly: true, condition: (data) => Boolean(data?.id) },
    },
    {
      name: 'errorCode',
      type: 'text',
      virtual: 'state.errorCode',
      label: 'Error code',
      admin: { readOnly: true, condition: (data) => Boolean(data?.id) },
    },
    {
      name: 'statusSince',
      type: 'date',
      virtual: 'state.statusSince',
      label: 'Status since',
      admin: { readOnly: true, condition: (data) => Boolean(data?.id) },
    },
    {
      name: 'state',
      type: 'relationship',
      relationTo: 'connector-states',
      unique: true,
      access: { create: () => false, update: () => false },
      admin: { hidden: true, disableListColumn: true, disableListFilter: true },
    },
  ],
}
