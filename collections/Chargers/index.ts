import type { CollectionConfig } from 'payload'
import { checkIdentity } from '#hooks/chargers/checkIdentity'
import { hideState } from '#hooks/chargers/hideState'
import { issueCredential, takePassword } from '#hooks/chargers/issueCredential'
import { rotatePassword } from '#hooks/chargers/rotatePassword'
import { tellChargers, tellOfDelete } from '#hooks/chargers/tell'
import { createTwin, removeTwin } from '#hooks/twins'
import { menu } from '../fields'
import { chargerFields } from './fields'

export const Chargers: CollectionConfig = {
  slug: 'chargers',
  labels: { singular: 'Charger', plural: 'Chargers' },
  defaultSort: 'name',
  admin: {
    group: menu.network,
    useAsTitle: 'name',
    defaultColumns: [
      'status',
      'name',
      'site',
      'connectorDots',
      'now',
      'lastSeenAt',
      'firmwareVersion',
    ],
    listSearchableFields: ['name', 'identity', 'serialNumber'],
    description:
      'Every charger of the network with its present state. Green: available or charging. Red: fault. Grey: offline.',
    components: {
      edit: { SaveButton: '/src/components/admin/NewCharger/SaveCharger#SaveCharger' },
      Description: '/src/components/admin/ChargerLive/ChargerHead#ChargerHead',
      beforeListTable: ['/src/components/admin/BulkActions#BulkActions'],
      views: {
        edit: {
          default: {
            Component: '/src/components/admin/ChargerLive#ChargerLive',
            tab: { label: 'Overview', order: 0 },
          },
          commands: {
            Component: '/src/components/admin/RemoteCommands#RemoteCommands',
            path: '/commands',
            tab: { label: 'Remote commands', href: '/commands', order: 20 },
          },
          sessions: {
            Component: '/src/components/admin/ChargerTabs/ChargerSessions#ChargerSessions',
            path: '/sessions',
            tab: { label: 'Sessions', href: '/sessions', order: 25 },
          },
          events: {
            Component: '/src/components/admin/EventLog#EventLog',
            path: '/events',
            tab: { label: 'Status & event log', href: '/events', order: 30 },
          },
          log: {
            Component: '/src/components/admin/OcppLog#OcppLog',
            path: '/ocpp-log',
            tab: { label: 'OCPP log', href: '/ocpp-log', order: 40 },
          },
          configuration: {
            Component: '/src/components/admin/Configuration#Configuration',
            path: '/configuration',
            tab: { label: 'Configuration', href: '/configuration', order: 50 },
          },
          profiles: {
            Component: '/src/components/admin/ChargingProfiles#ChargingProfiles',
            path: '/charging-profiles',
            tab: { label: 'Charging profiles', href: '/charging-profiles', order: 55 },
          },
          firmware: {
            Component: '/src/components/admin/Firmware#FirmwareUpdate',
            path: '/firmware',
            tab: { label: 'Firmware Update', href: '/firmware', order: 60 },
          },
          access: {
            Component: '/src/components/admin/Access#Access',
            path: '/access',
            tab: { label: 'Access', href: '/access', order: 70 },
          },
          audit: {
            Component: '/src/components/admin/ChargerTabs/ChargerAudit#ChargerAudit',
            path: '/audit',
            tab: { label: 'Audit', href: '/audit', order: 80 },
          },
          settings: {
            Component: '/src/components/admin/ChargerLive#ChargerSettings',
            path: '/settings',
            tab: { label: 'Settings', href: '/settings', order: 90 },
          },
        },
      },
    },
  },
  hooks: {
    beforeValidate: [checkIdentity],
    beforeChange: [takePassword, createTwin],
    afterRead: [hideState],
    afterChange: [issueCredential, tellChargers],
    beforeDelete: [removeTwin],
    afterDelete: [tellOfDelete],
  },
  endpoints: [rotatePassword],
  fields: chargerFields,
}
