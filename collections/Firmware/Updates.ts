import type { CollectionConfig } from 'payload'
import { updateEndpoints } from '#hooks/firmware/updates'
import { factDate, factNumber, factText, menu } from '../fields'

/**
 * One update of many chargers; how far each is stands in `telemetry.firmware_targets`. Made and steered by its own
 * routes and the worker, read-only here.
 */
export const FirmwareUpdates: CollectionConfig = {
  slug: 'firmware-updates',
  labels: { singular: 'Firmware update', plural: 'Firmware updates' },
  // by its own name `FirmwareUpdateInput` would be what updates a `Firmware` as well
  graphQL: { singularName: 'FirmwareCampaign', pluralName: 'FirmwareCampaigns' },
  defaultSort: '-createdAt',
  admin: {
    group: menu.hidden,
    useAsTitle: 'name',
    defaultColumns: ['name', 'firmware', 'state', 'startAt', 'createdBy', 'createdAt'],
    description: 'Which chargers get which image, when, and how far they are.',
    components: {
      views: {
        edit: {
          default: {
            Component: '/src/components/admin/Firmware/UpdateView#UpdateView',
            tab: { label: 'Update' },
          },
        },
      },
    },
  },
  endpoints: updateEndpoints,
  fields: [
    { ...factText('name', 'Name'), required: true },
    {
      name: 'firmware',
      type: 'relationship',
      relationTo: 'firmware',
      required: true,
      index: true,
      label: 'Image',
      admin: { readOnly: true },
    },
    {
      ...factText('state', 'State', 'scheduled, running, halted, done or cancelled.'),
      required: true,
      defaultValue: 'scheduled',
      index: true,
    },
    factDate('startAt', 'Starts', 'Empty: at once.'),
    factText('windowFrom', 'Only from', 'Time of day at the charger’s site, e.g. 01:00.'),
    factText('windowUntil', 'until', 'Time of day at the charger’s site, e.g. 05:00.'),
    factNumber('waveSize', 'Chargers per wave', 'The next wave waits until this one is through.'),
    factNumber('haltFailurePercent', 'Halt at failures (%)', 'Of a wave, in per cent.'),
    factText('haltReason', 'Halted because'),
    factDate('resumedAt', 'Went on', 'Failures before this were seen and accepted.'),
    factDate('finishedAt', 'Finished'),
    {
      name: 'createdBy',
      type: 'relationship',
      relationTo: 'users',
      index: true,
      label: 'Started by',
      admin: { readOnly: true },
    },
  ],
}
