import type { Field } from 'payload'
import { mayField, seesAll } from '#hooks/access/fieldByPolicy'

const mayConfigureSecurity = mayField('commands', 'configure-security')
const onSettings = (data: { id?: unknown } | undefined): boolean => Boolean(data?.id)

/** How a charger has to connect, and what is kept in step inside it. */
export const securityFields: Field[] = [
  {
    name: 'securityProfile',
    type: 'select',
    defaultValue: '1',
    label: 'Security profile',
    options: [
      { value: '0', label: '0: no password, until a date' },
      { value: '1', label: '1: password' },
      { value: '2', label: '2: password over TLS' },
      { value: '3', label: '3: certificate of its own over TLS' },
    ],
    access: {
      read: seesAll('chargers'),
      create: mayConfigureSecurity,
      update: mayConfigureSecurity,
    },
    admin: {
      position: 'sidebar',
      condition: onSettings,
      description:
        'The least it must show to be let in (OCPP 1.6 security extension). A connection that shows less is refused.',
    },
  },
  {
    name: 'unsecuredUntil',
    type: 'date',
    label: 'No password needed until',
    access: {
      read: seesAll('chargers'),
      create: mayConfigureSecurity,
      update: mayConfigureSecurity,
    },
    admin: {
      position: 'sidebar',
      condition: (data) => onSettings(data) && data?.securityProfile === '0',
      description: 'Profile 0 ends here; from then on it needs its password again.',
      date: { pickerAppearance: 'dayAndTime', displayFormat: 'd MMM yyyy, HH:mm' },
    },
  },
  {
    name: 'localList',
    type: 'select',
    required: true,
    defaultValue: 'site',
    label: 'Card list inside the charger',
    options: [
      { value: 'site', label: 'As its site' },
      { value: 'on', label: 'Keep in step' },
      { value: 'off', label: 'Leave alone' },
    ],
    access: { read: seesAll('chargers') },
    admin: {
      position: 'sidebar',
      condition: onSettings,
      description:
        'Kept in step, it knows the cards without a connection too: a blocked card is refused even when it is offline.',
    },
  },
]
