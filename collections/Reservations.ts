import type { CollectionConfig } from 'payload'
import { seesAll } from '#hooks/access/fieldByPolicy'
import { reservationEndpoints } from '#hooks/reservations/endpoints'
import { factDate, factNumber, factText, menu, withCell } from './fields'

const whose = { access: { read: seesAll('reservations') } }

/**
 * A connector kept free for somebody. Made and cancelled by its own routes (`src/commands/reservations`), moved on by
 * the worker from what the charger answers and reports (`src/domain/reservation`).
 */
export const Reservations: CollectionConfig = {
  slug: 'reservations',
  labels: { singular: 'Reservation', plural: 'Reservations' },
  defaultSort: '-createdAt',
  admin: {
    group: menu.charging,
    useAsTitle: 'id',
    defaultColumns: ['charger', 'connectorNumber', 'state', 'driver', 'card', 'until', 'reason'],
    description:
      'Connectors kept free for somebody. Make one on the page of a charger, under Actions → Reserve.',
  },
  endpoints: reservationEndpoints,
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
    factNumber('connectorNumber', 'Connector', '0: any connector of the charger.'),
    {
      ...withCell(
        factText(
          'state',
          'State',
          'requested → accepted → used, expired, cancelled or cancelled-by-fault; or refused.',
        ),
        'status#ReservationStateCell',
      ),
      required: true,
      defaultValue: 'requested',
      index: true,
    },
    {
      name: 'driver',
      type: 'relationship',
      relationTo: 'drivers',
      index: true,
      label: 'For the driver',
      admin: { readOnly: true },
      ...whose,
    },
    {
      name: 'card',
      type: 'relationship',
      relationTo: 'rfid-cards',
      index: true,
      label: 'With the card',
      admin: { readOnly: true },
      ...whose,
    },
    factDate('until', 'Until', 'Unused at this moment, it ends by itself.'),
    factText('reason', 'What happened', 'In words.'),
    {
      name: 'session',
      type: 'relationship',
      relationTo: 'sessions',
      index: true,
      label: 'Used by',
      admin: { readOnly: true },
    },
    {
      name: 'command',
      type: 'relationship',
      relationTo: 'commands',
      index: true,
      label: 'Command',
      admin: { readOnly: true },
    },
    {
      name: 'cancelCommand',
      type: 'relationship',
      relationTo: 'commands',
      index: true,
      label: 'Cancelled by',
      admin: { readOnly: true },
    },
    {
      name: 'requestedBy',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      label: 'Asked by',
      admin: { readOnly: true },
    },
    factDate('acceptedAt', 'Accepted'),
    factDate('endedAt', 'Ended'),
  ],
}
