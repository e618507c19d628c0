import type { CollectionConfig } from 'payload'
import { ownPreferences } from '#hooks/preferences/ownPreferences'
import { alertKinds, alertSeverities } from '../Alerts/kinds'
import { menu, timezone } from '../fields'
import { timeOfDay } from './timeOfDay'

/** What one person wants to be told of. Everybody has his own row and sees no other. */
export const NotificationPreferences: CollectionConfig = {
  slug: 'notification-preferences',
  labels: { singular: 'Notification preferences', plural: 'Notification preferences' },
  admin: {
    group: menu.hidden,
    useAsTitle: 'id',
    description: 'Which alerts reach you, and how. Nobody else sees or changes this.',
  },
  hooks: { beforeValidate: [ownPreferences] },
  fields: [
    {
      name: 'user',
      type: 'relationship',
      relationTo: 'users',
      required: true,
      unique: true,
      label: 'User',
      admin: { hidden: true },
    },
    {
      name: 'bell',
      type: 'checkbox',
      defaultValue: true,
      label: 'Bell in the panel',
    },
    {
      name: 'email',
      type: 'checkbox',
      defaultValue: true,
      label: 'E-mail',
      admin: { description: 'To the address of your account.' },
    },
    {
      name: 'minSeverity',
      type: 'select',
      required: true,
      defaultValue: 'fault',
      label: 'From which severity on',
      options: alertSeverities,
      admin: { description: 'Notice includes everything; Urgent only what cannot wait.' },
    },
    {
      name: 'kinds',
      type: 'select',
      hasMany: true,
      label: 'Only these kinds',
      options: alertKinds,
      admin: { description: 'Empty: every kind.' },
    },
    {
      name: 'sites',
      type: 'relationship',
      relationTo: 'sites',
      hasMany: true,
      label: 'Only these sites',
      admin: { description: 'Empty: every site you may see.' },
    },
    {
      name: 'quietFrom',
      type: 'text',
      validate: timeOfDay,
      label: 'Quiet from',
      admin: {
        description: 'Time of day, e.g. 22:00. Until the end only urgent alerts send an e-mail.',
      },
    },
    {
      name: 'quietUntil',
      type: 'text',
      validate: timeOfDay,
      label: 'Quiet until',
      admin: { description: 'Time of day, e.g. 07:00. It may be on the next morning.' },
    },
    {
      name: 'timezone',
      type: 'text',
      validate: timezone,
      label: 'Time zone',
      admin: { description: 'Of the quiet hours; IANA name. Empty: the zone of the settings.' },
    },
  ],
}
