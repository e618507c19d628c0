import type { CollectionConfig } from 'payload'
import { correct } from '#hooks/sessions/correct'
import { menu } from '../fields'
import { sessionFields } from './fields'

/** Read-only view of facts: one row per OCPP transaction, written by SQL only (src/facts, worker). */
export const Sessions: CollectionConfig = {
  slug: 'sessions',
  labels: { singular: 'Session', plural: 'Sessions' },
  defaultSort: '-startedAt',
  admin: {
    group: menu.charging,
    useAsTitle: 'transactionId',
    defaultColumns: [
      'startedAt',
      'status',
      'charger',
      'idTag',
      'energyWh',
      'durationSeconds',
      'costMinor',
      'stopReason',
    ],
    listSearchableFields: ['idTag', 'publicId'],
    description:
      'Every charge, as the chargers reported it. Nobody can change what a charger measured.',
    components: {
      Description: '/src/components/admin/SessionView/SessionsIntro#SessionsIntro',
      views: {
        edit: {
          default: {
            Component: '/src/components/admin/SessionView#SessionView',
            tab: { label: 'Session' },
          },
        },
      },
    },
  },
  indexes: [{ fields: ['charger', 'startedAt'] }, { fields: ['site', 'startedAt'] }],
  endpoints: [correct],
  fields: sessionFields,
}
