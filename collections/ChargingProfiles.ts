import type { CollectionConfig } from 'payload'
import { chargingProfileEndpoints } from '#hooks/chargingProfiles/endpoints'
import { showAsObject } from '#hooks/commands/showAsObject'
import { factDate, factNumber, factText, menu } from './fields'

/**
 * How much power a charger may give, and when. Made, sent and cleared by its own routes (`src/commands/chargingProfiles`),
 * moved on by the worker from what the charger answers (`src/domain/chargingProfile`).
 */
export const ChargingProfiles: CollectionConfig = {
  slug: 'charging-profiles',
  labels: { singular: 'Charging profile', plural: 'Charging profiles' },
  defaultSort: '-createdAt',
  admin: {
    group: menu.charging,
    useAsTitle: 'id',
    defaultColumns: ['charger', 'connectorNumber', 'purpose', 'state', 'reason', 'createdAt'],
    description:
      'Limits of power. Make one on the page of a charger, on the tab Charging profiles.',
  },
  endpoints: chargingProfileEndpoints,
  fields: [
    {
      name: 'charger',
      type: 'relationship',
      relationTo: 'chargers',
      required: true,
      index: true,
      label: 'Charger',
      admin: { readOnly: true },
    },
    factNumber('connectorNumber', 'Connector', '0: the whole charger.'),
    factText('purpose', 'Purpose', 'ChargePointMaxProfile, TxDefaultProfile or TxProfile.'),
    {
      ...factText('state', 'State', 'draft → sent → accepted → cleared or replaced; or refused.'),
      required: true,
      defaultValue: 'draft',
      index: true,
    },
    factText('unit', 'Unit', 'W or A: what the limits count.'),
    factText('recurrence', 'Repeats', 'always, daily or weekly.'),
    {
      name: 'periods',
      type: 'textarea',
      hooks: { afterRead: [showAsObject] },
      label: 'Schedule',
      admin: {
        readOnly: true,
        description:
          'From when which limit: minutes since midnight (weekly: since Monday 00:00) at the site.',
      },
    },
    factNumber('stackLevel', 'Stack level', 'Of two profiles that hold, the higher one counts.'),
    factDate('validFrom', 'Holds from'),
    factDate('validTo', 'Holds until'),
    factNumber('transactionId', 'Session number', 'Of a TxProfile: it ends with this session.'),
    factText('reason', 'What happened', 'In words.'),
    {
      name: 'command',
      type: 'relationship',
      relationTo: 'commands',
      index: true,
      label: 'Command',
      admin: { readOnly: true },
    },
    {
      name: 'clearCommand',
      type: 'relationship',
      relationTo: 'commands',
      index: true,
      label: 'Cleared by',
      admin: { readOnly: true },
    },
    {
      name: 'requestedBy',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      label: 'Made by',
      admin: { readOnly: true },
    },
    factDate('acceptedAt', 'Accepted'),
    factDate('endedAt', 'Ended'),
  ],
}
