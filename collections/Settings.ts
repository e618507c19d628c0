import type { GlobalConfig, NumberField } from 'payload'
import { stepUpForSettings } from '#hooks/users/stepUp'
import { roleOptions } from './accessFields'
import { brandingField } from './branding'
import { appSettings } from './appSettings'
import { hourlyCaps } from './hourlyCaps'
import { menu, wholeNumber, timezone } from './fields'

export const Settings: GlobalConfig = {
  slug: 'settings',
  label: 'Settings',
  admin: { group: menu.settings, description: 'What holds for the whole network.' },
  hooks: { beforeChange: [stepUpForSettings] },
  fields: [
    {
      name: 'networkName',
      type: 'text',
      defaultValue: 'CITA EV',
      label: 'Name of the network',
      admin: { description: 'Shown in mails, reports and the app.' },
    },
    {
      name: 'currency',
      type: 'text',
      required: true,
      defaultValue: 'GBP',
      label: 'Currency',
      admin: { description: 'Three letters (ISO 4217), for new tariffs.' },
    },
    {
      name: 'timezone',
      type: 'text',
      validate: timezone,
      required: true,
      defaultValue: 'Europe/London',
      label: 'Time zone',
      admin: { description: 'IANA name; holds for sites that name none.' },
    },
    {
      name: 'heartbeatIntervalSeconds',
      type: 'number',
      validate: wholeNumber,
      required: true,
      min: 60,
      max: 86400,
      defaultValue: 300,
      label: 'Heartbeat interval (s)',
      admin: {
        step: 1,
        description:
          'How often a silent charger says that it is there. Told to each charger at its next boot.',
      },
    },
    {
      name: 'offlineAfterSeconds',
      type: 'number',
      validate: wholeNumber,
      required: true,
      min: 30,
      max: 86400,
      defaultValue: 75,
      label: 'Offline after (s)',
      admin: {
        step: 1,
        description: 'A charger that does not answer for this long is shown as Offline.',
      },
    },
    {
      name: 'defaultTariff',
      type: 'relationship',
      relationTo: 'tariffs',
      label: 'Default tariff',
      admin: { description: 'For sites without a tariff. Empty: such sessions wait for review.' },
    },
    {
      name: 'unknownCards',
      type: 'select',
      required: true,
      defaultValue: 'refuse',
      label: 'Unknown cards',
      options: [
        { value: 'refuse', label: 'Refuse' },
        { value: 'accept', label: 'Accept (and review the session)' },
      ],
      admin: {
        description:
          'What happens when a card is held to a charger that is not under RFID Management.',
      },
    },
    {
      name: 'secondFactorRoles',
      type: 'select',
      hasMany: true,
      label: 'Two-factor authentication is required for',
      options: roleOptions,
      admin: {
        description:
          'People with one of these roles set it up at their next sign-in and see nothing before. For everybody else it is a choice.',
      },
    },
    hourlyCaps,
    {
      name: 'signedFirmwareOnly',
      type: 'checkbox',
      defaultValue: false,
      label: 'Signed firmware only',
      admin: {
        description:
          'Images without the maker’s signature and certificate are refused, and none is sent unsigned.',
      },
    },
    brandingField,
    megabytes('firmwareMaxMegabytes', 'Largest firmware image (MB)', 500),
    megabytes('diagnosticsMaxMegabytes', 'Largest diagnostics file (MB)', 100),
    megabytes(
      'diagnosticsQuotaMegabytes',
      'Diagnostics kept per charger (MB)',
      1000,
      'A charger above this cannot upload more until older files are deleted; they go by themselves after 90 days.',
    ),
    ...appSettings,
  ],
}

function megabytes(
  name: string,
  label: string,
  defaultValue: number,
  description?: string,
): NumberField {
  return {
    name,
    type: 'number',
    validate: wholeNumber,
    required: true,
    min: 1,
    max: 10_000,
    defaultValue,
    label,
    admin: { step: 1, description },
  }
}
