import type { CollectionConfig, RelationshipField } from 'payload'
import { seesAll } from '#hooks/access/fieldByPolicy'
import { alertActions } from '#hooks/alerts/act'
import { bellSeen } from '#hooks/alerts/bell'
import { showAsObject } from '#hooks/commands/showAsObject'
import { factDate, factNumber, factText, menu } from '../fields'

function factRelation(
  name: string,
  relationTo: 'chargers' | 'sites' | 'sessions' | 'users',
  label: string,
): RelationshipField {
  return { name, type: 'relationship', relationTo, label, index: true, admin: { readOnly: true } }
}

/** Who works on it and the raw evidence are for those who run the place. */
const forStaff = { access: { read: seesAll('alerts') } }

/** One row per incident, opened, repeated and closed by the incident engine in SQL; people act on it by its own routes. */
export const Alerts: CollectionConfig = {
  slug: 'alerts',
  labels: { singular: 'Alert', plural: 'Alerts' },
  defaultSort: '-lastAt',
  admin: {
    group: menu.support,
    useAsTitle: 'title',
    defaultColumns: [
      'severity',
      'title',
      'charger',
      'site',
      'status',
      'count',
      'firstAt',
      'lastAt',
    ],
    listSearchableFields: ['title', 'sentence'],
    description:
      'What needs somebody’s attention, once per incident: repeats are counted, and what mends itself closes itself.',
    components: {
      Description: '/src/components/admin/ListIntro#ListIntro',
      views: {
        list: { Component: '/src/components/admin/Alerts#AlertsList' },
        edit: {
          default: {
            Component: '/src/components/admin/Alerts/AlertView#AlertView',
            tab: { label: 'Alert' },
          },
        },
      },
    },
  },
  endpoints: [bellSeen, ...alertActions],
  // what is open, by place and by key: partial indexes of the migration
  fields: [
    { ...factText('publicId', 'Public id'), unique: true, admin: { hidden: true } },
    { ...factText('title', 'What'), required: true },
    factText('sentence', 'What it means'),
    {
      name: 'steps',
      type: 'textarea',
      label: 'What to try',
      hooks: { afterRead: [showAsObject] },
      admin: { readOnly: true, description: 'In this order.' },
    },
    { ...factText('kind', 'Kind', 'offline, overheating, power-loss, lock, …'), required: true },
    factText('family', 'Family', 'What belongs together: electrical, communication, vehicle, …'),
    { ...factText('severity', 'Severity', 'urgent, fault or notice.'), required: true },
    {
      ...factText('status', 'Status', 'open, acknowledged or resolved.'),
      required: true,
      defaultValue: 'open',
    },
    factRelation('charger', 'chargers', 'Charger'),
    factRelation('site', 'sites', 'Site'),
    factNumber('connectorId', 'Connector number', '1, 2, …: as the charger counts them.'),
    factRelation('session', 'sessions', 'Session'),
    factNumber('count', 'Times', 'How often it was reported while the alert was open.'),
    { ...factDate('firstAt', 'Since'), index: true } as CollectionConfig['fields'][number],
    { ...factDate('lastAt', 'Last time'), index: true } as CollectionConfig['fields'][number],
    factDate('resolvedAt', 'Resolved'),
    { ...factRelation('resolvedBy', 'users', 'Resolved by'), ...forStaff },
    {
      name: 'autoResolved',
      type: 'checkbox',
      defaultValue: false,
      label: 'Resolved itself',
      admin: { readOnly: true },
    },
    factDate('acknowledgedAt', 'Acknowledged'),
    { ...factRelation('acknowledgedBy', 'users', 'Acknowledged by'), ...forStaff },
    { ...factRelation('assignedTo', 'users', 'Assigned to'), ...forStaff },
    { ...factText('key', 'Key'), admin: { hidden: true } },
    {
      name: 'evidence',
      type: 'textarea',
      label: 'Evidence',
      ...forStaff,
      hooks: { afterRead: [showAsObject] },
      admin: { readOnly: true, description: 'What the charger reported, as it came.' },
    },
    { ...factDate('mailedAt', 'Mailed'), ...forStaff } as CollectionConfig['fields'][number],
  ],
}
