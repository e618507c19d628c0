import type { CollectionConfig } from 'payload'
import { checkWebhook } from '#hooks/webhooks/checkWebhook'
import { deliveryActions } from '#hooks/webhooks/deliveries'
import { hideSecret, sealSecret } from '#hooks/webhooks/sealSecret'
import { menu } from '../fields'

/** What happens in the network, told to another system: signed, repeated until it is taken. */
export const Webhooks: CollectionConfig = {
  slug: 'webhooks',
  labels: { singular: 'Webhook', plural: 'Webhooks' },
  admin: {
    group: menu.settings,
    useAsTitle: 'name',
    defaultColumns: ['name', 'url', 'events', 'site', 'active'],
    description: 'Sends what happens to another system, signed with a secret that both know.',
    components: {
      views: {
        edit: {
          deliveries: {
            Component: '/src/components/admin/Webhook#Deliveries',
            path: '/deliveries',
            tab: { label: 'Deliveries', href: '/deliveries', order: 110 },
          },
        },
      },
    },
  },
  hooks: { beforeValidate: [checkWebhook], beforeChange: [sealSecret] },
  endpoints: deliveryActions,
  fields: [
    { name: 'name', type: 'text', required: true, label: 'Name' },
    {
      name: 'url',
      type: 'text',
      required: true,
      label: 'Address',
      admin: {
        description: 'https://… of the other system. Addresses inside this network are refused.',
      },
    },
    {
      name: 'secret',
      type: 'text',
      label: 'Secret',
      hooks: { afterRead: [hideSecret] },
      admin: {
        description:
          'At least 16 characters; signs each message, so that the other side can check it. Kept sealed and never shown again; empty keeps the present one.',
      },
    },
    {
      name: 'events',
      type: 'select',
      hasMany: true,
      required: true,
      label: 'Events',
      options: [
        { value: 'alert.opened', label: 'Alert opened' },
        { value: 'alert.acknowledged', label: 'Alert acknowledged' },
        { value: 'alert.resolved', label: 'Alert resolved' },
        { value: 'session.started', label: 'Session started' },
        { value: 'session.ended', label: 'Session ended' },
        { value: 'session.priced', label: 'Session priced' },
        { value: 'charger.status', label: 'Charger status' },
        { value: 'connector.status', label: 'Connector status' },
        { value: 'charger.connected', label: 'Charger connected' },
        { value: 'charger.disconnected', label: 'Charger disconnected' },
        { value: 'charger.booted', label: 'Charger booted' },
        { value: 'command.changed', label: 'Command changed' },
        { value: 'firmware.changed', label: 'Firmware update changed' },
        { value: 'ticket.created', label: 'Ticket created' },
        { value: 'ticket.replied', label: 'Ticket replied to' },
        { value: 'driver.notification', label: 'Messages for drivers’ phones' },
      ],
    },
    {
      name: 'site',
      type: 'relationship',
      relationTo: 'sites',
      index: true,
      label: 'Only this site',
      admin: { position: 'sidebar', description: 'Empty: the whole network.' },
    },
    {
      name: 'active',
      type: 'checkbox',
      defaultValue: true,
      label: 'Active',
      admin: {
        position: 'sidebar',
        description: 'Off: nothing is sent, nothing is kept for later.',
      },
    },
  ],
}
